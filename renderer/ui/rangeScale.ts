/** Places on the axis of a slider: even or logarithmic, and values that are round enough to read. */

export interface RangeScale {
  readonly min: number;
  readonly max: number;
  readonly kind: 'linear' | 'log';
}

/** Sizes that span more than this many times the smallest are told apart on a logarithmic axis. */
const LOG_FROM = 15;

export function scaleFor(min: number, max: number): RangeScale {
  return { min, max, kind: min > 0 && max / min > LOG_FROM ? 'log' : 'linear' };
}

/** Place of a value, 0 at the left end and 1 at the right; beyond the ends where the value is. */
export function placeOf({ min, max, kind }: RangeScale, value: number): number {
  if (max <= min) return 0;
  return kind === 'log' && value > 0
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
}

/** The value at a place, rounded to what the axis can tell apart; the ends are exact. */
export function valueAtPlace(scale: RangeScale, place: number): number {
  const { min, max, kind } = scale;
  if (place <= 0) return min;
  if (place >= 1) return max;
  const value = kind === 'log' ? min * (max / min) ** place : min + place * (max - min);
  const step = kind === 'log' ? roundStep(value / 100) : roundStep((max - min) / 200);
  return Math.min(max, Math.max(min, Math.round(value / step) * step));
}

/** The largest of 1, 2, 5 times a power of ten that is not above; 1 at least. */
function roundStep(size: number): number {
  if (size <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [5, 2].find((one) => one * power <= size) ?? 1;
  return factor * power;
}

/** A few round values along the axis, the ends left out where they are not round. */
export function ticksOf(scale: RangeScale, about = 6): readonly number[] {
  const { min, max, kind } = scale;
  if (max <= min) return [min];
  if (kind === 'log') {
    const ticks: number[] = [];
    for (let power = 10 ** Math.floor(Math.log10(min)); power <= max; power *= 10)
      for (const factor of [1, 2, 5])
        if (factor * power >= min && factor * power <= max) ticks.push(factor * power);
    return ticks;
  }
  const rough = (max - min) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10);
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
}
