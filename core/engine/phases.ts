/** Runs the phases of a plan one after the other, from wherever the run stands. */
import { CellsmithError } from '../base/errors.ts';
import { OutOfMemory } from '../base/outOfMemory.ts';
import { createRng } from '../base/rng.ts';
import { createBatches } from '../datasets/batches.ts';
import { requireAuxiliaryPlace } from '../models/network.ts';
import type { Phase } from '../runs/events.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import type { Outcome } from '../runs/runner.ts';
import { evaluateNetwork } from './evaluatePhase.ts';
import type { Experiment } from './experiment.ts';
import { prepareExperiment, retrainIndices } from './experiment.ts';
import { explainMemory, lastStep } from './explainMemory.ts';
import { exportPhase } from './exportPhase.ts';
import { recordGiven } from './givenGenotype.ts';
import type { EngineHost } from './host.ts';
import { retrainPhase } from './retrainPhase.ts';
import type { OpenRun } from './run.ts';
import { lastPlan, openPhases, requireGenotypeSource } from './run.ts';
import { searchPhase } from './searchPhase.ts';

/**
 * Does what is open of the last plan. Stops early when the host's wish says so.
 * @returns how it ended; the run can be gone on with after 'paused' and 'stopped'
 * @throws CellsmithError as `requireGenotypeSource` does; `no-plan` where the process that made the run died before it said what to do
 */
export async function runPlan(run: OpenRun, config: RunConfig, host: EngineHost): Promise<Outcome> {
  if (lastPlan(run.events) === undefined) {
    throw new CellsmithError(
      'no-plan',
      `${host.files.root} holds a run that ended before its first phase was on record.`,
      'Nothing was computed in it: delete the folder and start the run again.',
    );
  }
  const phases = openPhases(run.events);
  if (phases.length === 0) return 'finished';
  requireGenotypeSource(run.events, config, phases);
  const experiment = await prepareExperiment(config, host, (program, status) => {
    host.onEvent?.({ kind: 'compiling', at: host.clock.now(), program, status });
  }).catch(async (thrown: unknown) => {
    const error = await explainMemory(thrown, host, { config });
    await recordMemory(run, phases[0], error);
    throw error;
  });
  try {
    const trains = phases.includes('retrain') || phases.includes('baseline');
    if (config.network.auxiliary && (trains || phases.includes('search')))
      requireAuxiliaryPlace(experiment.network);
    if (trains) requireTrainable(experiment);
    if (!phases.includes('search')) await recordGiven(run, experiment, phases);
    for (const phase of phases) {
      const outcome = await onePhase(phase, run, experiment, host);
      if (outcome !== 'finished') return outcome;
    }
    return 'finished';
  } finally {
    await experiment.executor.dispose();
  }
}

/** Before the search, not after days of it. @throws CellsmithError `batch-too-large` */
function requireTrainable({ config, splits }: Experiment): void {
  createBatches(retrainIndices(splits), config.retrain.batchSize, createRng(config.seed), 'training');
}

async function onePhase(
  phase: Phase,
  run: OpenRun,
  experiment: Experiment,
  host: EngineHost,
): Promise<Outcome> {
  switch (phase) {
    case 'search':
      return searchPhase(run, experiment, host);
    case 'retrain':
      return retrainPhase(run, experiment, host, 'found');
    case 'baseline':
      return retrainPhase(run, experiment, host, 'random');
    case 'evaluate':
      return timed(phase, run, experiment, host, async () => {
        const { evaluate } = experiment.config;
        const hasBaseline = run.events.some((e) => e.kind === 'retrained' && e.label === 'random');
        const labels = hasBaseline ? (['found', 'random'] as const) : (['found'] as const);
        for (const [at, label] of labels.entries())
          await evaluateNetwork(run, experiment, host, label, evaluate, { at, of: labels.length });
      });
    case 'export':
      return timed(phase, run, experiment, host, () =>
        exportPhase(run, experiment, host, experiment.config.exports),
      );
  }
}

/** A phase without steps: it is done anew when it was interrupted. */
async function timed(
  phase: Phase,
  run: OpenRun,
  { device, config }: Experiment,
  host: EngineHost,
  work: () => Promise<void>,
): Promise<Outcome> {
  if (host.wish() !== 'run') return host.wish() === 'pause' ? 'paused' : 'stopped';
  const began = host.clock.now();
  await run.emit({ kind: 'phase', phase, totalSteps: 1, epochs: 1, device });
  try {
    await work();
  } catch (thrown) {
    const error = await explainMemory(thrown, host, { config, phase, events: run.events });
    await recordMemory(run, phase, error);
    throw error;
  }
  await run.emit({ kind: 'finished', phase, seconds: (host.clock.now() - began) / 1000 });
  return 'finished';
}

/** Of anything else the engine's caller says more; what has no steps is done anew when the run is resumed. */
async function recordMemory(run: OpenRun, phase: Phase, error: unknown): Promise<void> {
  if (!(error instanceof OutOfMemory)) return;
  const { code, message, hint } = error;
  await run.emit({ kind: 'failed', phase, step: lastStep(phase, run.events), code, message, hint });
}
