/** A phase made of steps, run within its experiment: what search and retraining have in common. */
import type { NewRunEvent } from '../runs/events.ts';
import type { Outcome, RunnerOptions } from '../runs/runner.ts';
import { runPhase } from '../runs/runner.ts';
import type { Experiment } from './experiment.ts';
import { explainMemory } from './explainMemory.ts';
import type { EngineHost } from './host.ts';
import type { OpenRun } from './run.ts';
import { eventsOfPlan } from './run.ts';
import { stoodStill } from './stoodStill.ts';

/** @throws as `runPhase` does */
export function steppedPhase(
  run: OpenRun,
  { config, device }: Experiment,
  host: EngineHost,
  phase: Pick<RunnerOptions, 'phase' | 'process' | 'afterEpoch' | 'beforeFinish'>,
): Promise<Outcome> {
  return runPhase({
    ...phase,
    afterEpoch: (report) => [
      ...(phase.afterEpoch?.(report) ?? []),
      ...stoodStill(eventsOfPlan(run.events), phase.phase).map((notice): NewRunEvent => ({
        kind: 'warning',
        ...notice,
      })),
    ],
    files: host.files,
    journal: run.journal,
    events: eventsOfPlan(run.events),
    clock: host.clock,
    checkpointSeconds: config.checkpointSeconds,
    device,
    wish: host.wish,
    ...(host.memoryBytes === undefined ? {} : { memoryBytes: host.memoryBytes }),
    explain: (error) => explainMemory(error, host, { config, phase: phase.phase, events: run.events }),
    onEvent: (event) => {
      run.events.push(event);
      host.onEvent?.(event);
    },
  });
}
