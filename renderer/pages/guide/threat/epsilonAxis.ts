/** Places of radii on a logarithmic axis, and round values for places. */
import type { Norm } from './attacks.ts';

interface Axis {
  /** Smallest and largest, in steps of `unit`. */
  readonly min: number;
  readonly max: number;
  readonly unit: number;
}

export const EPSILON_AXES: Readonly<Record<Norm, Axis>> = {
  linf: { min: 0.5, max: 32, unit: 1 / 255 },
  l2: { min: 0.0625, max: 8, unit: 1 },
};

/** 0 at the left end, 1 at the right; radii beyond stand at the ends. */
export function placeOfEpsilon(norm: Norm, epsilon: number): number {
  const { min, max, unit } = EPSILON_AXES[norm];
  if (epsilon <= 0) return 0;
  return Math.min(1, Math.max(0, Math.log(epsilon / unit / min) / Math.log(max / min)));
}

/** Quarters below 2, halves below 4, whole steps above (L∞); two significant digits in L2. */
export function epsilonAtPlace(norm: Norm, place: number): number {
  const { min, max, unit } = EPSILON_AXES[norm];
  const steps = min * (max / min) ** Math.min(1, Math.max(0, place));
  if (norm === 'l2') return Number(steps.toPrecision(2));
  const grid = steps < 2 ? 0.25 : steps < 4 ? 0.5 : 1;
  return Math.round(steps / grid) * grid * unit;
}
