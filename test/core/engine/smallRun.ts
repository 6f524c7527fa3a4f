/** Whole experiments that take seconds: 8×8 shapes, one node per cell, folders in memory, a clock that stands. */
import type { EngineHost } from '../../../core/engine/host.ts';
import { runPlan } from '../../../core/engine/phases.ts';
import { beginRun, continueRun, planPhases } from '../../../core/engine/run.ts';
import type { Phase, RunEvent } from '../../../core/runs/events.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import type { RunConfigInput } from '../../../core/runs/runConfig.ts';
import type { Outcome, Wish } from '../../../core/runs/runner.ts';
import { createDatasetHost } from '../../../headless/host/engineHost.ts';
import { createVerifyHost } from '../../../headless/host/verifyHost.ts';
import { openForTest } from '../../helpers/executors.ts';
import { fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

export const ALL_PHASES: readonly Phase[] = ['search', 'retrain', 'baseline', 'evaluate', 'export'];

/** 120 training images: 54 for weights, 54 for alphas, 12 to validate; 40 to test. */
export function smallConfig(changes: RunConfigInput = {}): RunConfig {
  return RunConfig.parse({
    name: 'small',
    threads: 2,
    data: { source: 'shapes10', imageSize: 8, crop: 1, limit: 120, testLimit: 40 },
    network: { cells: 3, channels: 4, auxiliary: false, dropPath: 0.1 },
    retrain: { epochs: 1, batchSize: 8, learningRate: 0.05 },
    evaluate: [
      { attack: 'fgsm', epsilon: 4 / 255, limit: 20 },
      { attack: 'pgd', epsilon: 4 / 255, steps: 3, limit: 20 },
    ],
    exports: ['genotype', 'onnx'],
    ...changes,
    search: {
      strategy: { id: 'e2rnas', config: { archLearningRate: 0.05, validationBatches: 1 } },
      space: { primitives: ['none', 'skip_connect', 'max_pool_3x3', 'sep_conv_3x3'], nodes: 1 },
      budget: { minParams: 2000 },
      cells: 3,
      channels: 2,
      epochs: 2,
      batchSize: 8,
      ...changes.search,
    },
  });
}

export interface HostChanges {
  readonly wish?: () => Wish;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onProgress?: EngineHost['onProgress'];
  readonly clock?: EngineHost['clock'];
  readonly openExecutor?: EngineHost['openExecutor'];
  readonly memoryBytes?: EngineHost['memoryBytes'];
  readonly memoryNow?: EngineHost['memoryNow'];
}

/** As on a computer without Python. */
export function smallHost(files: MemoryFiles, changes: HostChanges = {}): EngineHost {
  return {
    app: 'test',
    versions: {},
    clock: fakeClock(),
    files,
    datasets: createDatasetHost(),
    verify: { ...createVerifyHost(), findPython: () => Promise.resolve(undefined) },
    // One executor for all tests of a process, so that equal programs are compiled once.
    openExecutor: async (id) => ({
      executor: { ...(await openForTest(id)), dispose: () => Promise.resolve() },
      device: 'a processor',
    }),
    wish: () => 'run',
    ...changes,
  };
}

export interface Small {
  readonly files: MemoryFiles;
  readonly events: readonly RunEvent[];
  readonly outcome: Outcome;
}

/** Begins a run and does the phases, as far as the host's wish allows. */
export async function begin(
  config: RunConfig,
  phases: readonly Phase[],
  changes: HostChanges = {},
  files = memoryFiles(),
): Promise<Small> {
  const host = smallHost(files, changes);
  const run = await beginRun(host, config);
  try {
    await planPhases(run, config, phases);
    const outcome = await runPlan(run, config, host);
    return { files, events: [...run.events], outcome };
  } finally {
    await run.close();
  }
}

/** Goes on with what the files hold, as a new process would: with the last plan, or with another one. */
export async function goOn(
  files: MemoryFiles,
  changes: HostChanges = {},
  plan?: { config: RunConfig; phases: readonly Phase[] },
): Promise<Small> {
  const host = smallHost(files, changes);
  const run = await continueRun(host);
  try {
    if (plan !== undefined) await planPhases(run, plan.config, plan.phases);
    const outcome = await runPlan(run, plan?.config ?? run.config, host);
    return { files, events: [...run.events], outcome };
  } finally {
    await run.close();
  }
}

/** Wishes a stop after so many steps, counted by the events told. */
export function stopAfter(steps: number): Required<Pick<HostChanges, 'wish' | 'onEvent'>> {
  let done = 0;
  return {
    wish: () => (done >= steps ? 'stop' : 'run'),
    onEvent(event) {
      if (event.kind === 'step') done++;
    },
  };
}

const COMINGS_AND_GOINGS: readonly string[] = [
  'opened',
  'planned',
  'checkpoint',
  'resumed',
  'paused',
  'cancelled',
  'failed',
];

/** What the events say of the experiment: without times, and without how often it was stopped and resumed. */
export function substance(events: readonly RunEvent[]): readonly unknown[] {
  let kept: readonly RunEvent[] = [];
  for (const event of events) {
    if (event.kind === 'resumed')
      kept = kept.filter((e) => !('step' in e) || e.phase !== event.phase || e.step <= event.step);
    if (!COMINGS_AND_GOINGS.includes(event.kind)) kept = [...kept, event];
  }
  const timeless = kept.map((event) => {
    if (event.kind === 'finished') return { ...event, at: 0, seconds: 0 };
    if (event.kind !== 'step') return { ...event, at: 0 };
    const { stepsPerSecond: _rate, ...metrics } = event.metrics;
    return { ...event, at: 0, metrics };
  });
  // A process that went on says some things again.
  const texts = timeless.map((event) => JSON.stringify(event));
  return timeless.filter((_, i) => texts.indexOf(texts[i]) === i);
}

/** Every file that a run ends with but the journal; of checkpoints the last of each phase, named after the phase. */
export function results({ files, events }: Small): ReadonlyMap<string, string> {
  const last = new Map(
    events.flatMap((e) => (e.kind === 'checkpoint' ? [[e.phase, `${e.path}/`] as const] : [])),
  );
  const found: [string, string][] = [];
  for (const [path, bytes] of files.disk) {
    const text = Buffer.from(bytes).toString('base64');
    const phase = [...last].find(([, folder]) => path.startsWith(folder));
    if (phase !== undefined) found.push([`${phase[0]}:${path.slice(phase[1].length)}`, text]);
    else if (!path.startsWith('checkpoints/') && path !== 'events.jsonl') found.push([path, text]);
  }
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
