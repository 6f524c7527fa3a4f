/** Thins a curve to what a chart can show: the mean of a few neighbouring points, and their least and greatest. */

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Of the points that this one stands for. */
  readonly low: number;
  readonly high: number;
}

export interface ThinCurve {
  readonly points: readonly ChartPoint[];
  /** How many points each of them stands for; 1 = nothing was left out. */
  readonly bucket: number;
}

export const MOST_POINTS = 240;

/** Points that are no finite numbers are left out. @param xs ascending */
export function thinPoints(xs: ArrayLike<number>, ys: ArrayLike<number>, most = MOST_POINTS): ThinCurve {
  const kept = Array.from(xs, (x, i) => ({ x, y: ys[i] })).filter(
    ({ x, y }) => Number.isFinite(x) && Number.isFinite(y),
  );
  const bucket = Math.max(1, Math.ceil(kept.length / most));
  const points: ChartPoint[] = [];
  for (let start = 0; start < kept.length; start += bucket) {
    const group = kept.slice(start, start + bucket);
    const values = group.map(({ y }) => y);
    points.push({
      x: group.reduce((sum, { x }) => sum + x, 0) / group.length,
      y: values.reduce((sum, y) => sum + y, 0) / group.length,
      low: Math.min(...values),
      high: Math.max(...values),
    });
  }
  return { points, bucket };
}
