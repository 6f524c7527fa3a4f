/** The loop around a search or a retraining: steps, reports, checkpoints, pausing, stopping, failing safely. */
import { CellsmithError } from '../base/errors.ts';
import type { Metrics, SteppedProcess } from '../training/process.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { NewRunEvent, Phase, RunEvent } from './events.ts';
import type { Clock } from '../base/clock.ts';
import type { RunFiles } from './files.ts';
import type { Journal } from './journal.ts';
import { loadLatestCheckpoint } from './loadCheckpoint.ts';

/** What a person may ask of a run at any time; looked at between two steps. */
export type Wish = 'run' | 'pause' | 'stop';

export interface RunnerOptions {
  readonly phase: Phase;
  readonly process: SteppedProcess;
  readonly files: RunFiles;
  readonly journal: Journal;
  /** Events found when the journal was opened: the phase goes on from its last checkpoint, if it has one. */
  readonly events: readonly RunEvent[];
  readonly clock: Clock;
  readonly checkpointSeconds: number;
  readonly device: string;
  readonly wish: () => Wish;
  /** Resident memory, recorded with each step. */
  readonly memoryBytes?: () => number;
  /** Events to add at the end of an epoch, for instance warnings of a collapsing cell. */
  readonly afterEpoch?: (report: Awaited<ReturnType<SteppedProcess['report']>>) => readonly NewRunEvent[];
  /** What the phase leaves behind, recorded after the last step and before the phase counts as finished. */
  readonly beforeFinish?: () => Promise<void>;
  /** Says more of what a step threw. */
  readonly explain?: (error: unknown) => Promise<unknown>;
  readonly onEvent?: (event: RunEvent) => void;
}

export type Outcome = 'finished' | 'paused' | 'stopped';

/**
 * Runs a phase to its end, or until the wish changes. Every way out leaves a checkpoint of the last whole step; what a
 * killed process loses is at most `checkpointSeconds` of work, or a single step that takes longer.
 * @throws what a step threw, after a `failed` event and a checkpoint of the state before that step; what a report threw,
 * the checkpoint before it in force, so that the epoch is measured again
 */
export async function runPhase(options: RunnerOptions): Promise<Outcome> {
  const { phase, process, journal, clock } = options;
  const began = clock.now();
  const emit = async (event: NewRunEvent): Promise<void> => {
    const stamped = await journal.append(event);
    options.onEvent?.(stamped);
  };
  let saved = -1;
  let savedAt = clock.now();
  /** False from the end of a step until all it leads to is on record: in between nothing is saved. */
  let whole = true;
  const checkpoint = async (): Promise<void> => {
    if (saved === process.position || !whole) return;
    const ref = await saveCheckpoint(options.files, journal, phase, process.position, process.save());
    options.onEvent?.({ kind: 'checkpoint', at: clock.now(), ...ref });
    saved = process.position;
    savedAt = clock.now();
  };

  const resumed = await restoreLatest(options, emit);
  if (resumed) saved = process.position;
  else {
    const epochs = Math.ceil(process.totalSteps / process.stepsPerEpoch);
    await emit({ kind: 'phase', phase, totalSteps: process.totalSteps, epochs, device: options.device });
  }

  try {
    await process.prepare();
    await tellExpected(options, emit);
    savedAt = clock.now();
    while (process.position < process.totalSteps) {
      const wish = options.wish();
      if (wish !== 'run') {
        await checkpoint();
        await emit({ kind: wish === 'pause' ? 'paused' : 'cancelled', phase, step: process.position });
        return wish === 'pause' ? 'paused' : 'stopped';
      }
      const before = clock.now();
      const metrics = await process.step();
      whole = false;
      await recordStep(options, metrics, clock.now() - before, emit);
      whole = true;
      // Another step as long as this one must not put more at stake than was promised.
      const now = clock.now();
      if (now - savedAt + (now - before) > options.checkpointSeconds * 1000) await checkpoint();
    }
    await checkpoint();
    await options.beforeFinish?.();
  } catch (thrown) {
    const error = options.explain === undefined ? thrown : await options.explain(thrown);
    await recordFailure(error, options, checkpoint, emit);
    throw error;
  }
  await emit({ kind: 'finished', phase, seconds: (clock.now() - began) / 1000 });
  return 'finished';
}

type Emit = (event: NewRunEvent) => Promise<void>;

async function restoreLatest({ files, events, phase, process }: RunnerOptions, emit: Emit): Promise<boolean> {
  const started = events.some((event) => event.kind === 'phase' && event.phase === phase);
  if (!started) return false;
  const { checkpoint, warnings } = await loadLatestCheckpoint(files, events, phase);
  for (const warning of warnings) await emit({ kind: 'warning', ...warning });
  if (checkpoint !== undefined) process.restore(checkpoint);
  await emit({ kind: 'resumed', phase, step: process.position });
  return true;
}

/** How long an epoch's end will take, where the process can tell: before the first one has come, nothing else says it. */
async function tellExpected({ phase, process, clock }: RunnerOptions, emit: Emit): Promise<void> {
  if (process.expectedReport === undefined || process.position >= process.totalSteps) return;
  await emit({ kind: 'expected', phase, epochEndMs: await process.expectedReport(clock) });
}

/** A step's line and, at the end of an epoch, its report. */
async function recordStep(
  { phase, process, afterEpoch, memoryBytes }: RunnerOptions,
  metrics: Metrics,
  milliseconds: number,
  emit: Emit,
): Promise<void> {
  const epoch = Math.floor((process.position - 1) / process.stepsPerEpoch);
  const seconds = Math.max(1e-6, milliseconds / 1000);
  await emit({
    kind: 'step',
    phase,
    step: process.position,
    epoch,
    metrics: {
      ...metrics,
      stepsPerSecond: 1 / seconds,
      ...(memoryBytes === undefined ? {} : { memoryBytes: memoryBytes() }),
    },
  });
  if (process.position % process.stepsPerEpoch !== 0 && process.position < process.totalSteps) return;
  const report = await process.report();
  await emit({ kind: 'epoch', phase, epoch, step: process.position, ...report });
  for (const event of afterEpoch?.(report) ?? []) await emit(event);
}

/** What a journal says of a failure, whatever was thrown. */
export function failureOf(error: unknown): { code: string; message: string; hint: string } {
  if (error instanceof CellsmithError) {
    const { code, message, hint } = error;
    return { code, message, hint };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, hint: 'Resume the run from its last checkpoint.' };
}

/**
 * The failed step changed nothing, so the state is worth keeping. Where that fails too, the checkpoint before stays in
 * force, and the first error is the one to tell.
 */
async function recordFailure(
  error: unknown,
  { phase, process }: RunnerOptions,
  checkpoint: () => Promise<void>,
  emit: Emit,
): Promise<void> {
  const { code, message, hint } = failureOf(error);
  await checkpoint().catch(() => undefined);
  await emit({ kind: 'failed', phase, step: process.position, code, message, hint }).catch(() => undefined);
}
