/** Bounds that nothing reaches, and the nearest that something does. */
import type { ReachableRange } from '../../../../core/searchSpace/range.ts';
import type { Budget } from '../../../../core/searchSpace/space.ts';
import type { Quantity } from './sizes.ts';

export interface Bounds {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

export const BOUND_NAMES: Readonly<Record<Quantity, Readonly<Record<'low' | 'high', keyof Budget>>>> = {
  params: { low: 'minParams', high: 'maxParams' },
  macs: { low: 'minMacs', high: 'maxMacs' },
};

export function boundsOf(budget: Budget, quantity: Quantity): Bounds {
  const { low, high } = BOUND_NAMES[quantity];
  return { low: budget[low], high: budget[high] };
}

/** Whether nothing can lie between them. */
export function areInverted({ low, high }: Bounds): boolean {
  return low !== undefined && high !== undefined && low > high;
}

export function endsOf(
  range: ReachableRange,
  quantity: Quantity,
): { readonly min: number; readonly max: number } {
  return quantity === 'params'
    ? { min: range.minParams, max: range.maxParams }
    : { min: range.minMacs, max: range.maxMacs };
}

export interface OutOfReach {
  readonly quantity: Quantity;
  /** All networks are larger than the bounds allow, or smaller than they ask. */
  readonly networksAre: 'larger' | 'smaller';
  readonly bound: number;
  /** The size nearest to the bounds that a network has. */
  readonly nearest: number;
}

/** Quantities whose bounds lie wholly outside of what the space can reach. */
export function outOfReach(budget: Budget, range: ReachableRange): readonly OutOfReach[] {
  return (['params', 'macs'] as const).flatMap((quantity): OutOfReach[] => {
    const { low, high } = boundsOf(budget, quantity);
    const { min, max } = endsOf(range, quantity);
    if (high !== undefined && high < min)
      return [{ quantity, networksAre: 'larger', bound: high, nearest: min }];
    if (low !== undefined && low > max)
      return [{ quantity, networksAre: 'smaller', bound: low, nearest: max }];
    return [];
  });
}

/** The budget with those bounds moved to the nearest that can be reached; the others stay. */
export function withNearest(budget: Budget, misses: readonly OutOfReach[]): Budget {
  let moved: Budget = budget;
  for (const { quantity, networksAre, nearest } of misses) {
    const names = BOUND_NAMES[quantity];
    const { low, high } = boundsOf(moved, quantity);
    moved =
      networksAre === 'larger'
        ? {
            ...moved,
            [names.high]: nearest,
            ...(low !== undefined && low > nearest ? { [names.low]: nearest } : {}),
          }
        : {
            ...moved,
            [names.low]: nearest,
            ...(high !== undefined && high < nearest ? { [names.high]: nearest } : {}),
          };
  }
  return moved;
}

/** What a bound of an objective needs and does not have; without any bound the objective is only idle. */
export function lackOf(
  bound: unknown,
  { low, high }: Bounds,
  target: unknown,
): 'bounds' | 'low' | 'high' | 'target' | undefined {
  switch (bound) {
    case 'both':
      return low === undefined && high === undefined ? 'bounds' : undefined;
    case 'min':
      return low === undefined ? 'low' : undefined;
    case 'max':
      return high === undefined ? 'high' : undefined;
    case 'abs':
      return target === undefined ? 'target' : undefined;
    default:
      return undefined;
  }
}
