/** Differences with their uncertainty, and sizes against their bounds. */
import type { Counted, RobustCounted } from '../runs/events.ts';
import type { Budget } from '../searchSpace/space.ts';
import { compact, percent } from './format.ts';

export interface Difference {
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** The interval lies on one side of zero. */
  readonly isClear: boolean;
}

/**
 * a − b with a 95 % interval from the two Wilson intervals.
 *
 *     d − √((a − l_a)² + (u_b − b)²) … d + √((u_a − a)² + (b − l_b)²)      Newcombe 1998, method 10
 *
 * Both networks saw the same images, so the interval errs on the wide side.
 */
export function difference(a: Counted, b: Counted): Difference {
  const value = a.accuracy - b.accuracy;
  const low = value - Math.hypot(a.accuracy - a.interval[0], b.interval[1] - b.accuracy);
  const high = value + Math.hypot(a.interval[1] - a.accuracy, b.accuracy - b.interval[0]);
  return { value, low, high, isClear: low > 0 || high < 0 };
}

/** Two robust accuracies may be compared only under the same attack. */
export function sameAttack(a: RobustCounted, b: RobustCounted): boolean {
  return (
    a.attack === b.attack &&
    a.norm === b.norm &&
    a.epsilon === b.epsilon &&
    a.steps === b.steps &&
    a.stepSize === b.stepSize &&
    a.restarts === b.restarts
  );
}

/** The attack under which least is left. */
export function hardest(robust: readonly RobustCounted[]): RobustCounted | undefined {
  return robust.reduce<RobustCounted | undefined>(
    (worst, r) => (worst === undefined || r.accuracy < worst.accuracy ? r : worst),
    undefined,
  );
}

export interface Bounds {
  readonly low?: number;
  readonly high?: number;
}

export function boundsOf(budget: Budget, quantity: 'params' | 'macs'): Bounds {
  return quantity === 'params'
    ? { low: budget.minParams, high: budget.maxParams }
    : { low: budget.minMacs, high: budget.maxMacs };
}

/** 2.00 M to 4.00 M; undefined where there are none. */
export function boundsText({ low, high }: Bounds): string | undefined {
  if (low !== undefined && high !== undefined) return `${compact(low)} to ${compact(high)}`;
  if (high !== undefined) return `at most ${compact(high)}`;
  return low === undefined ? undefined : `at least ${compact(low)}`;
}

/** Where a size stands; `holds` is undefined where nothing bounds it. */
export function againstBounds(
  value: number,
  { low, high }: Bounds,
): { readonly holds?: boolean; readonly words: string } {
  if (low === undefined && high === undefined) return { words: 'no bounds were set' };
  if (high !== undefined && value > high)
    return { holds: false, words: `above the upper bound${byHowMuch(value, high)}` };
  if (low !== undefined && value < low)
    return { holds: false, words: `below the lower bound${byHowMuch(value, low)}` };
  return { holds: true, words: 'within the bounds' };
}

function byHowMuch(value: number, bound: number): string {
  return bound === 0 ? '' : ` by ${percent(Math.abs(value - bound) / bound)}`;
}
