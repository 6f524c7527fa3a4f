/** A process without tensors to speak of, a run in memory and a clock that work moves: what tests of the runner need. */
import type { RngState } from '../../../core/base/rng.ts';
import { createRng, restoreRng } from '../../../core/base/rng.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { NewRunEvent, RunEvent } from '../../../core/runs/events.ts';
import { openJournal } from '../../../core/runs/journal.ts';
import type { Outcome, RunnerOptions } from '../../../core/runs/runner.ts';
import { runPhase } from '../../../core/runs/runner.ts';
import type { EpochReport, SteppedProcess } from '../../../core/training/process.ts';
import { fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

export interface FakeProcess extends SteppedProcess {
  /** The whole state, to compare with. */
  readonly weights: readonly number[];
  readonly prepared: number;
}

export interface FakeOptions {
  readonly stepsPerEpoch?: number;
  readonly totalSteps?: number;
  /** Called with the number of steps done, before anything changes. */
  readonly onStep?: (done: number) => void;
  readonly onReport?: (done: number) => EpochReport['metrics'] | undefined;
}

/** Adds random numbers to three weights. */
export function fakeProcess(options: FakeOptions = {}): FakeProcess {
  const { stepsPerEpoch = 4, totalSteps = 10 } = options;
  const weights = new Float32Array(3);
  let rng = createRng(1, 'fake');
  let position = 0;
  let prepared = 0;
  const sum = (): number => weights.reduce((total, w) => total + w, 0);
  return {
    stepsPerEpoch,
    totalSteps,
    get position() {
      return position;
    },
    get weights() {
      return [...weights];
    },
    get prepared() {
      return prepared;
    },
    prepare() {
      prepared++;
      return Promise.resolve();
    },
    step() {
      options.onStep?.(position);
      for (let i = 0; i < weights.length; i++) weights[i] += rng.next();
      position++;
      return Promise.resolve({ trainLoss: sum() });
    },
    report: () => Promise.resolve({ metrics: options.onReport?.(position) ?? { validationAccuracy: sum() } }),
    save: () => ({
      tensors: { weights: { w: hostTensor([3], weights) } },
      state: { position, rng: rng.state() },
    }),
    restore({ tensors, state }) {
      const saved = state as { position: number; rng: RngState };
      weights.set(tensors.weights.w.data);
      rng = restoreRng(saved.rng);
      position = saved.position;
    },
  };
}

export interface Bench {
  readonly files: MemoryFiles;
  readonly clock: ReturnType<typeof fakeClock>;
  /** What was told while running, in order. */
  readonly told: RunEvent[];
  events(): Promise<readonly RunEvent[]>;
  /** Opens the journal as a new process would and runs the phase. */
  run(
    process: SteppedProcess,
    options?: Partial<Omit<RunnerOptions, 'beforeFinish'>> & {
      beforeFinish?: (emit: (event: NewRunEvent) => Promise<RunEvent>) => Promise<void>;
    },
  ): Promise<Outcome>;
}

export function bench(disk?: MemoryFiles['disk']): Bench {
  const files = memoryFiles(disk);
  const clock = fakeClock();
  const told: RunEvent[] = [];
  return {
    files,
    clock,
    told,
    events: async () => (await openJournal(memoryFiles(files.disk), clock, 'test')).events,
    async run(process, { beforeFinish, ...options } = {}) {
      const { journal, events } = await openJournal(files, clock, 'test');
      try {
        return await runPhase({
          phase: 'search',
          process,
          files,
          journal,
          events,
          clock,
          checkpointSeconds: 30,
          device: 'a device',
          wish: () => 'run',
          onEvent: (event) => told.push(event),
          ...(beforeFinish === undefined ? {} : { beforeFinish: () => beforeFinish(journal.append) }),
          ...options,
        });
      } finally {
        // A process that was killed flushes nothing.
        await journal.close().catch(() => undefined);
      }
    },
  };
}

/** The steps and epochs that count in the end: what a later `resumed` took back is left out, times too. */
export function lasting(events: readonly RunEvent[]): readonly unknown[] {
  let kept: readonly RunEvent[] = [];
  for (const event of events) {
    if (event.kind === 'resumed') {
      kept = kept.filter((e) => !('step' in e) || e.phase !== event.phase || e.step <= event.step);
    } else if (event.kind === 'step' || event.kind === 'epoch') kept = [...kept, event];
  }
  return kept.map((event) => {
    if (event.kind !== 'step' && event.kind !== 'epoch') return event;
    const { stepsPerSecond: _rate, ...metrics } = event.metrics;
    return { ...event, at: 0, metrics };
  });
}

/** What an uninterrupted run of the standard process ends with. */
export async function straight(): Promise<{ weights: readonly number[]; events: readonly unknown[] }> {
  const b = bench();
  const process = fakeProcess();
  await b.run(process);
  return { weights: process.weights, events: lasting(await b.events()) };
}
