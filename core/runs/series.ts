/** Curves: growing columns of (step, value). Values of their own kind: appending never changes an older one. */

/** Steps strictly ascending; both columns equally long. */
export interface Series {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

export interface Point {
  readonly step: number;
  readonly value: number;
}

export const emptySeries: Series = { steps: new Float64Array(0), values: new Float64Array(0) };

/**
 * How much of a shared buffer is taken. Successive series are views of the same two buffers; only the newest
 * may write behind its end, so 10⁵ appends cost 10⁵ writes, and older series still show what they showed.
 */
const taken = new WeakMap<ArrayBuffer, number>();

/** The series with one more point; points at or after `step` give way to it. */
export function appendPoint(series: Series, step: number, value: number): Series {
  const kept = cutFrom(series, step);
  const length = kept.steps.length;
  const room = kept.steps.buffer.byteLength / 8;
  const mayExtend = length < room && taken.get(kept.steps.buffer) === length;
  const { steps, values } = mayExtend ? kept : copyWithRoom(kept, Math.max(16, length * 2));
  taken.set(steps.buffer, length + 1);
  const next = {
    steps: new Float64Array(steps.buffer, 0, length + 1),
    values: new Float64Array(values.buffer, 0, length + 1),
  };
  next.steps[length] = step;
  next.values[length] = value;
  return next;
}

/** The series with many more points, as if they were appended one by one. @param steps strictly ascending */
export function appendPoints(series: Series, steps: ArrayLike<number>, values: ArrayLike<number>): Series {
  if (steps.length === 0) return series;
  const kept = cutFrom(series, steps[0]);
  const before = kept.steps.length;
  const length = before + steps.length;
  const { buffer } = kept.steps;
  const mayExtend = length <= buffer.byteLength / 8 && taken.get(buffer) === before;
  const target = mayExtend ? kept : copyWithRoom(kept, Math.max(16, length * 2));
  taken.set(target.steps.buffer, length);
  const next = {
    steps: new Float64Array(target.steps.buffer, 0, length),
    values: new Float64Array(target.values.buffer, 0, length),
  };
  next.steps.set(steps, before);
  next.values.set(values, before);
  return next;
}

/** The points before `step`. */
export function cutFrom(series: Series, step: number): Series {
  const { steps, values } = series;
  let length = steps.length;
  if (length === 0 || steps[length - 1] < step) return series;
  // Bisection: the first point at or after `step`.
  let low = 0;
  while (low < length) {
    const middle = (low + length) >> 1;
    if (steps[middle] < step) low = middle + 1;
    else length = middle;
  }
  return { steps: steps.subarray(0, low), values: values.subarray(0, low) };
}

/** The series as a list, for small uses. */
export function pointsOf(series: Series): readonly Point[] {
  return Array.from(series.steps, (step, i) => ({ step, value: series.values[i] }));
}

function copyWithRoom(series: Series, room: number): Series {
  const steps = new Float64Array(room);
  const values = new Float64Array(room);
  steps.set(series.steps);
  values.set(series.values);
  return { steps, values };
}
