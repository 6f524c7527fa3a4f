/** Fewer points that look the same: of every run of neighbours the lowest and the highest stay. */

export interface Curve {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

/** @param most about how many points stay, ≥ 4; shorter curves are copied as they are. Gaps (NaN) become null. */
export function decimate({ xs, ys }: Curve, most: number): { xs: number[]; ys: (number | null)[] } {
  const value = (i: number): number | null => (Number.isFinite(ys[i]) ? ys[i] : null);
  if (xs.length <= most) {
    return { xs: Array.from(xs), ys: Array.from({ length: xs.length }, (_, i) => value(i)) };
  }
  const kept: number[] = [0];
  const groups = Math.max(1, Math.floor(most / 2) - 1);
  for (let group = 0; group < groups; group++) {
    const from = 1 + Math.floor((group * (xs.length - 2)) / groups);
    const to = 1 + Math.floor(((group + 1) * (xs.length - 2)) / groups);
    let low = -1;
    let high = -1;
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(ys[i])) continue;
      if (low < 0 || ys[i] < ys[low]) low = i;
      if (high < 0 || ys[i] > ys[high]) high = i;
    }
    if (low < 0) continue;
    kept.push(Math.min(low, high));
    if (low !== high) kept.push(Math.max(low, high));
  }
  kept.push(xs.length - 1);
  return { xs: kept.map((i) => xs[i]), ys: kept.map(value) };
}
