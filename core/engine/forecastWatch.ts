/** Timing real work for a forecast: a few repetitions, the memory after each, and a way out between any two. */
import type { Clock } from '../base/clock.ts';
import { CellsmithError } from '../base/errors.ts';

export interface ForecastOptions {
  /** Looked at between two steps; a program that is being compiled is finished first. */
  readonly signal?: AbortSignal;
  /** `what` in words; `done` of `total` stages. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

export interface Watch {
  readonly clock: Clock;
  /** Begins the next stage, told as "what". */
  stage(what: string): void;
  /** Tells what is being done within the stage. @throws CellsmithError `cancelled` */
  step(detail: string): void;
  /** Notes how much memory was in use at most. */
  look(): void;
  /** Counts the memory that `act` took for so many more of its kind, which a run opens and a forecast does not. */
  multiply<T>(more: number, act: () => Promise<T>): Promise<T>;
  /** The most that was noted, and what was counted on top. */
  readonly peakMemoryBytes: number;
}

export function createWatch(
  clock: Clock,
  peakBytes: () => number,
  stages: number,
  { signal, onProgress }: ForecastOptions,
): Watch {
  let peak = peakBytes();
  let done = -1;
  let stage = '';
  let unopened = 0;
  return {
    clock,
    stage(what) {
      done++;
      stage = what;
      this.step('');
    },
    step(detail) {
      if (signal?.aborted === true)
        throw new CellsmithError(
          'cancelled',
          'The forecast was cancelled.',
          'Ask for it again when you want it.',
        );
      onProgress?.(detail === '' ? stage : `${stage}: ${detail}`, done, stages);
    },
    look() {
      peak = Math.max(peak, peakBytes());
    },
    async multiply(more, act) {
      const before = peak;
      const value = await act();
      unopened += more * (peak - before);
      return value;
    },
    get peakMemoryBytes() {
      return peak + unopened;
    },
  };
}

/** How long something takes that is done once. */
export async function timed<T>(
  watch: Watch,
  act: () => T | Promise<T>,
): Promise<{ readonly seconds: number; readonly value: T }> {
  const began = watch.clock.now();
  const value = await act();
  watch.look();
  return { seconds: (watch.clock.now() - began) / 1000, value };
}

export interface Repeated<T> {
  /** The median. */
  readonly seconds: number;
  /** How many the median is of. */
  readonly measured: number;
  readonly last: T;
}

const FEWEST = 5;
const MOST = 20;
/** Quick steps are repeated for so long, slow ones no longer than that. */
const LONG_ENOUGH = 2;
const TOO_LONG = 8;
/** The first steps are up to twice as slow as later ones: memory is filled, and the host's code is compiled. */
const WARM_STEPS = 10;
const WARM_SECONDS = 3;

/**
 * The median time of something that is done over and over. Once it has warmed up: the times before do not count, unless
 * there are no others.
 * @param available how often it can be done; at least once
 */
export async function repeated<T>(
  watch: Watch,
  what: string,
  available: number,
  act: () => Promise<T>,
): Promise<Repeated<T>> {
  const once = async (detail: string): Promise<{ readonly seconds: number; readonly value: T }> => {
    watch.step(detail);
    return timed(watch, act);
  };
  let last = await once(`first ${what}`);
  const first = last.seconds;
  const warmings = Math.min(WARM_STEPS, Math.floor(available / 2));
  for (let warm = 1, spent = first; warm < warmings && spent < WARM_SECONDS; warm++) {
    last = await once(`warming up, ${what} ${warm + 1}`);
    spent += last.seconds;
  }
  const left = Math.min(MOST, available - Math.max(1, warmings));
  const times: number[] = [];
  let elapsed = 0;
  const isEnough = (): boolean =>
    times.length >= left ||
    (times.length >= FEWEST && elapsed >= LONG_ENOUGH) ||
    (times.length > 0 && elapsed >= TOO_LONG);
  while (!isEnough()) {
    last = await once(`timing ${what} ${times.length + 1}`);
    times.push(last.seconds);
    elapsed += last.seconds;
  }
  return {
    seconds: times.length === 0 ? first : median(times),
    measured: Math.max(1, times.length),
    last: last.value,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
