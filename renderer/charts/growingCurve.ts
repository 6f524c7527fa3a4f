/**
 * A curve that grows by appending, ready to be drawn at any time: what was worked out for earlier points (the running
 * mean, the lowest and highest of every run of neighbours) stays, so that a hundred thousand points cost no more than
 * the ones that came since.
 */
import type { Curve } from './decimate.ts';
import { decimate } from './decimate.ts';

export interface Points {
  readonly xs: readonly number[];
  /** null = a gap. */
  readonly ys: readonly (number | null)[];
}

export interface GrowingCurve {
  /** Takes the curve as it is now. Where it is not the one before with points added, all is worked out anew. */
  take(curve: Curve): void;
  /** @param range of x, drawn in full detail; the rest coarsely */
  points(range?: readonly [low: number, high: number]): Points;
}

/** Runs of neighbours at most; twice as many points are drawn. */
const MOST_RUNS = 400;

/** @param smoothing 0 … < 1: how much of the mean before stays; 0 = as it is */
export function growingCurve(smoothing = 0): GrowingCurve {
  let curve: Curve = { xs: [], ys: [] };
  let ys: ArrayLike<number> = [];
  const mean = runningMean(smoothing);
  const runs = runsOfNeighbours();

  return {
    take(next) {
      const before = curve.xs.length;
      const grown =
        next.xs.length >= before &&
        (before === 0 || (next.xs[before - 1] === curve.xs[before - 1] && same(next, curve, before - 1)));
      if (!grown) {
        mean.forget();
        runs.forget();
      }
      curve = next;
      ys = smoothing === 0 ? next.ys : mean.after(next.ys);
      runs.add(ys, next.xs.length);
    },
    points(range) {
      const { xs } = curve;
      if (xs.length <= 2 * MOST_RUNS) return decimate({ xs, ys }, xs.length);
      if (range === undefined) return runs.points(xs, ys, 0, xs.length);
      const from = firstAtOrAfter(xs, range[0]);
      const to = firstAtOrAfter(xs, range[1]);
      return joined([
        runs.points(xs, ys, 0, from),
        decimate({ xs: part(xs, from, to), ys: part(ys, from, to) }, 2 * MOST_RUNS),
        runs.points(xs, ys, to, xs.length),
      ]);
    },
  };
}

function same(a: Curve, b: Curve, i: number): boolean {
  return Object.is(a.ys[i], b.ys[i]);
}

/** Exponential mean, corrected for its beginning at nothing: m̂_i = m_i / (1 − β^{i+1}), m_i = β m_{i−1} + (1 − β) y_i. */
function runningMean(beta: number): { after(ys: ArrayLike<number>): Float64Array; forget(): void } {
  let buffer = new Float64Array(0);
  let length = 0;
  let mean = 0;
  /** β to the power of the numbers seen. */
  let rest = 1;
  return {
    after(ys) {
      if (buffer.length < ys.length) {
        const longer = new Float64Array(Math.max(64, 2 * ys.length));
        longer.set(buffer.subarray(0, length));
        buffer = longer;
      }
      for (; length < ys.length; length++) {
        const y = ys[length];
        // A value that is no number leaves the mean as it was.
        if (Number.isFinite(y)) {
          mean = beta * mean + (1 - beta) * y;
          rest *= beta;
        }
        buffer[length] = rest === 1 ? NaN : mean / (1 - rest);
      }
      return buffer.subarray(0, ys.length);
    },
    forget() {
      length = 0;
      mean = 0;
      rest = 1;
    },
  };
}

interface Runs {
  add(ys: ArrayLike<number>, length: number): void;
  points(xs: ArrayLike<number>, ys: ArrayLike<number>, from: number, to: number): Points;
  forget(): void;
}

/**
 * Places of the lowest and the highest value of every `size` neighbours; −1 where none is a number. They are drawn at the
 * beginning and the middle of their run, so that curves over the same x have their points at the same x.
 */
function runsOfNeighbours(): Runs {
  let size = 1;
  let length = 0;
  let low: number[] = [];
  let high: number[] = [];

  const lower = (ys: ArrayLike<number>, a: number, b: number): number =>
    a < 0 ? b : b < 0 || ys[a] <= ys[b] ? a : b;
  const higher = (ys: ArrayLike<number>, a: number, b: number): number =>
    a < 0 ? b : b < 0 || ys[a] >= ys[b] ? a : b;

  const halve = (ys: ArrayLike<number>): void => {
    const pairs = Math.ceil(low.length / 2);
    const lows = low;
    const highs = high;
    low = Array.from({ length: pairs }, (_, i) => lower(ys, lows[2 * i], lows[2 * i + 1] ?? -1));
    high = Array.from({ length: pairs }, (_, i) => higher(ys, highs[2 * i], highs[2 * i + 1] ?? -1));
    size *= 2;
  };

  return {
    add(ys, end) {
      for (; length < end; length++) {
        const run = Math.floor(length / size);
        const place = Number.isFinite(ys[length]) ? length : -1;
        if (run === low.length) {
          low.push(place);
          high.push(place);
          if (low.length > MOST_RUNS) halve(ys);
        } else if (place >= 0) {
          low[run] = lower(ys, low[run], place);
          high[run] = higher(ys, high[run], place);
        }
      }
    },
    points(xs, ys, from, to) {
      const points: { xs: number[]; ys: (number | null)[] } = { xs: [], ys: [] };
      let last = -1;
      const keep = (at: number, place: number): void => {
        if (at === last) {
          points.xs.pop();
          points.ys.pop();
        }
        last = at;
        points.xs.push(xs[at]);
        points.ys.push(place < 0 ? null : ys[place]);
      };
      for (let run = Math.floor(from / size); run * size < to; run++) {
        const start = Math.max(from, run * size);
        const end = Math.min(to, (run + 1) * size);
        keep(start, Math.min(low[run], high[run]));
        if (end - start > 1) keep(start + ((end - start) >> 1), Math.max(low[run], high[run]));
      }
      // The last value is the one that people look at.
      if (from < to) keep(to - 1, Number.isFinite(ys[to - 1]) ? to - 1 : -1);
      return points;
    },
    forget() {
      size = 1;
      length = 0;
      low = [];
      high = [];
    },
  };
}

function joined(parts: readonly Points[]): Points {
  return { xs: parts.flatMap(({ xs }) => xs), ys: parts.flatMap(({ ys }) => ys) };
}

/** Typed arrays are looked at in place. */
function part(all: ArrayLike<number>, from: number, to: number): ArrayLike<number> {
  return all instanceof Float64Array
    ? all.subarray(from, to)
    : Array.from({ length: Math.max(0, to - from) }, (_, i) => all[from + i]);
}

/** Place of the first x that is no less; the length where there is none. */
export function firstAtOrAfter(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
