/** How a size becomes a loss: the bound variants of E2RNAS on a normalised size. */
import { z } from 'zod';

export const BOUND_KINDS = ['none', 'max', 'min', 'both', 'abs'] as const;
export const BoundKind = z.enum(BOUND_KINDS);
export type BoundKind = z.infer<typeof BoundKind>;

/** Bounds in the units of the value they bound. */
export interface Bounds {
  readonly lower?: number;
  readonly upper?: number;
  readonly target?: number;
}

/**
 * The loss of a size and its slope.
 *
 *     none: v     max: max(0, v − U)     min: max(0, L − v)     both: max + min     abs: |v − T|
 *
 * Differs: the authors' code has max(1, ·) in place of max(0, ·); the gradients are the same.
 */
export function boundLoss(kind: BoundKind, value: number, bounds: Bounds): { loss: number; slope: number } {
  const { lower = -Infinity, upper = Infinity, target = 0 } = bounds;
  switch (kind) {
    case 'none':
      return { loss: value, slope: 1 };
    case 'max':
      return value > upper ? { loss: value - upper, slope: 1 } : { loss: 0, slope: 0 };
    case 'min':
      return value < lower ? { loss: lower - value, slope: -1 } : { loss: 0, slope: 0 };
    case 'both': {
      if (value > upper) return { loss: value - upper, slope: 1 };
      return value < lower ? { loss: lower - value, slope: -1 } : { loss: 0, slope: 0 };
    }
    case 'abs':
      return { loss: Math.abs(value - target), slope: Math.sign(value - target) };
  }
}
