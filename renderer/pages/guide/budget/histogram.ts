/** How often sizes fall into each part of an axis. */
import type { RangeScale } from '../../../ui/rangeScale.ts';
import { placeOf } from '../../../ui/rangeScale.ts';

/** Shares of the fullest bin, 0 … 1, from the left end to the right. */
export function histogramOf(values: readonly number[], scale: RangeScale, bins: number): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    const place = placeOf(scale, value);
    if (place < 0 || place > 1) continue;
    counts[Math.min(bins - 1, Math.floor(place * bins))]++;
  }
  const most = Math.max(...counts);
  return most === 0 ? counts : counts.map((count) => count / most);
}
