/** Which sizes the genotypes of a space can have, and whether a budget can be met at all. */
import { CellsmithError } from '../base/errors.ts';
import type { Cost } from './cost.ts';
import { edgeCosts } from './cost.ts';
import type { SpaceSizes } from './sizes.ts';
import { spaceSizes } from './sizes.ts';
import type { Budget, SearchSpace, Skeleton } from './space.ts';
import { edgeIndex } from './topology.ts';

export interface ReachableRange {
  readonly minParams: number;
  readonly maxParams: number;
  readonly minMacs: number;
  readonly maxMacs: number;
}

/** Whether a network of this cost lies inside all bounds. */
export function withinBudget(budget: Budget, { params, macs }: Cost): boolean {
  const { minParams = 0, maxParams = Infinity, minMacs = 0, maxMacs = Infinity } = budget;
  return params >= minParams && params <= maxParams && macs >= minMacs && macs <= maxMacs;
}

/** `withinBudget` for the network of a normal and a reduction cell; fast, for loops over all pairs. */
export function pairTest(budget: Budget, { macro }: SpaceSizes): (normal: Cost, reduce: Cost) => boolean {
  const { minParams = 0, maxParams = Infinity, minMacs = 0, maxMacs = Infinity } = budget;
  return (normal, reduce) => {
    const params = macro.params + normal.params + reduce.params;
    if (params < minParams || params > maxParams) return false;
    const macs = macro.macs + normal.macs + reduce.macs;
    return macs >= minMacs && macs <= maxMacs;
  };
}

/**
 * The smallest and the largest evaluation network of a space, exact: every node keeps two distinct sources, never
 * with `none`. Parameters and MACs are bounded each for itself.
 */
export function reachableRange(space: SearchSpace, skeleton: Skeleton): ReachableRange {
  const { macro, operations } = edgeCosts(space, skeleton, { affine: true });
  const extreme = (quantity: keyof Cost, sign: 1 | -1): number => {
    let total = macro[quantity];
    for (const kind of ['normal', 'reduce'] as const) {
      for (let node = 0; node < space.nodes; node++) {
        const sources = Array.from({ length: node + 2 }, (_, from) => {
          const costs = operations[kind][edgeIndex(node, from)];
          const signed = costs.flatMap((cost, k) =>
            space.primitives[k] === 'none' ? [] : [sign * cost[quantity]],
          );
          return Math.min(...signed);
        }).sort((a, b) => a - b);
        total += sign * (sources[0] + sources[1]);
      }
    }
    return total;
  };
  return {
    minParams: extreme('params', 1),
    maxParams: extreme('params', -1),
    minMacs: extreme('macs', 1),
    maxMacs: extreme('macs', -1),
  };
}

/**
 * Checks that at least one genotype of the space lies inside all bounds at once.
 * @throws CellsmithError `budget-unreachable`, with the reachable range
 */
export function assertReachable(budget: Budget, space: SearchSpace, skeleton: Skeleton): void {
  if (Object.values(budget).every((bound) => bound === undefined)) return;
  const sizes = spaceSizes(space, skeleton);
  const fits = pairTest(budget, sizes);
  const reachable = sizes.normal.all.some((a) => sizes.reduce.all.some((b) => fits(a, b)));
  if (!reachable) throw budgetUnreachable(budget, space, skeleton, sizes);
}

/** The error for a budget that no genotype meets; it names the reachable range and the nearest size. */
export function budgetUnreachable(
  budget: Budget,
  space: SearchSpace,
  skeleton: Skeleton,
  sizes: SpaceSizes,
): CellsmithError {
  const nearest = nearestSize(budget, sizes);
  const range = reachableRange(space, skeleton);
  return new CellsmithError(
    'budget-unreachable',
    `No network of this search space lies inside the budget (${budgetText(budget)}). With ${skeleton.cells} cells of ` +
      `${skeleton.channels} channels it can have ${whole(range.minParams)} to ${whole(range.maxParams)} parameters and ` +
      `${whole(range.minMacs)} to ${whole(range.maxMacs)} MACs.`,
    `Nearest to the budget are ${whole(nearest.params)} parameters with ${whole(nearest.macs)} MACs. Move the bounds, ` +
      'or change the cells or the channels of the network.',
  );
}

/** The size with the smallest sum of relative violations; the first of equals. */
function nearestSize(budget: Budget, sizes: SpaceSizes): Cost {
  const { minParams = 0, maxParams = Infinity, minMacs = 0, maxMacs = Infinity } = budget;
  const { macro, normal, reduce } = sizes;
  let nearest: Cost = macro;
  let least = Infinity;
  for (const a of normal.all) {
    for (const b of reduce.all) {
      const params = macro.params + a.params + b.params;
      const macs = macro.macs + a.macs + b.macs;
      const violation =
        Math.max(0, minParams - params, params - maxParams) / params +
        Math.max(0, minMacs - macs, macs - maxMacs) / macs;
      if (violation < least) {
        nearest = { params, macs };
        least = violation;
      }
    }
  }
  return nearest;
}

function budgetText({ minParams, maxParams, minMacs, maxMacs }: Budget): string {
  const part = (low: number | undefined, high: number | undefined, noun: string): string[] => {
    if (low === undefined && high === undefined) return [];
    if (low === undefined) return [`at most ${whole(high as number)} ${noun}`];
    return high === undefined
      ? [`at least ${whole(low)} ${noun}`]
      : [`${whole(low)} to ${whole(high)} ${noun}`];
  };
  const parts = [...part(minParams, maxParams, 'parameters'), ...part(minMacs, maxMacs, 'MACs')];
  return parts.length === 0 ? 'no bounds' : parts.join(', ');
}

/** Digits in groups of three. */
function whole(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
}
