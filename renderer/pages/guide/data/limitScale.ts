/** A slider of counts: even steps are even factors, and it stops at round numbers. Pure. */

/** @param at 0 … 1 */
export function limitAt(at: number, fewest: number, most: number): number {
  const value = fewest * (most / fewest) ** Math.min(1, Math.max(0, at));
  if (at >= 1) return most;
  const digits = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.min(most, Math.max(fewest, Math.round(value / digits) * digits));
}

/** @returns 0 … 1 */
export function sliderAt(limit: number, fewest: number, most: number): number {
  if (!(limit > fewest)) return 0;
  return Math.min(1, Math.log(limit / fewest) / Math.log(most / fewest));
}
