/** Speed and remaining time of a phase, folded from its events. Pauses, compiling and interruptions do not count. */
import type { Ms } from '../base/units.ts';
import type { RunEvent } from './events.ts';

const WINDOW = 64;
const EPOCH_WINDOW = 3;

export interface Pace {
  /** Milliseconds per step, latest last. */
  readonly steps: readonly Ms[];
  /** What an epoch's end costs beyond a step (validation, saving), latest last. */
  readonly epochs: readonly Ms[];
  /** So many ends of epochs were timed in all. */
  readonly ended: number;
  /** What an epoch's end was expected to cost before there was one. */
  readonly expected?: Ms;
  /** The step before, from which the next is timed; none where the clock ran on without work. */
  readonly since?: { readonly step: number; readonly at: Ms; readonly epochEnded: boolean };
}

export const noPace: Pace = { steps: [], epochs: [], ended: 0 };

/** The pace after one more event. */
export function measurePace(pace: Pace, event: RunEvent): Pace {
  switch (event.kind) {
    case 'phase':
      return noPace;
    case 'compiling':
    case 'resumed':
    case 'paused':
    case 'cancelled':
    case 'failed':
    case 'finished':
      return { ...pace, since: undefined };
    case 'expected':
      return { ...pace, expected: event.epochEndMs, since: undefined };
    case 'epoch':
      return pace.since === undefined ? pace : { ...pace, since: { ...pace.since, epochEnded: true } };
    case 'step':
      return afterStep(pace, event.step, event.at);
    default:
      return pace;
  }
}

/** Steps per second: the reciprocal of a usual step. */
export function stepsPerSecond(pace: Pace): number | undefined {
  const ms = usualMs(pace.steps);
  return ms === undefined || ms <= 0 ? undefined : 1000 / ms;
}

/**
 * Time left for so many steps and ends of epochs; undefined until a step was timed. The first ends of a training are cheap,
 * since what is wrong is not attacked: what was expected counts for the share of epochs that are still to come, what was
 * measured for those that are over.
 */
export function remainingMs(pace: Pace, stepsLeft: number, epochsLeft: number): Ms | undefined {
  const ms = usualMs(pace.steps);
  if (ms === undefined) return undefined;
  const epochs = Math.max(0, epochsLeft);
  return Math.max(0, stepsLeft) * ms + epochs * epochEndMs(pace, epochs);
}

function epochEndMs({ epochs, ended, expected }: Pace, epochsLeft: number): Ms {
  const measured = median(epochs);
  if (expected === undefined) return measured ?? 0;
  if (measured === undefined) return expected;
  return (ended * measured + epochsLeft * expected) / (ended + epochsLeft);
}

function afterStep(pace: Pace, step: number, at: Ms): Pace {
  const since = { step, at, epochEnded: false };
  if (pace.since === undefined || step <= pace.since.step || at < pace.since.at) return { ...pace, since };
  const elapsed = at - pace.since.at;
  const count = step - pace.since.step;
  if (!pace.since.epochEnded) {
    return { ...pace, since, steps: [...pace.steps, elapsed / count].slice(-WINDOW) };
  }
  const usual = median(pace.steps);
  if (usual === undefined) return { ...pace, since };
  const extra = Math.max(0, elapsed - count * usual);
  return { ...pace, since, epochs: [...pace.epochs, extra].slice(-EPOCH_WINDOW), ended: pace.ended + 1 };
}

/** A step that took so many times the median stood still: the computer slept, say, or was busy with something else. */
const STILL = 4;

/** The mean, since what other programs take from some steps is paid, too; without those that stood still. */
function usualMs(steps: readonly Ms[]): Ms | undefined {
  const middle = median(steps);
  if (middle === undefined) return undefined;
  const counted = steps.filter((ms) => ms <= STILL * middle);
  return counted.reduce((sum, ms) => sum + ms, 0) / counted.length;
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
