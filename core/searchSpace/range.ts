/** Which sizes the genotypes of a space can have, and whether a budget can be met at all. */
import { CellsmithError } from '../base/errors.ts';
import type { Cost } from './cost.ts';
import { edgeCosts } from './cost.ts';
import type { CellSizes } from './sizes.ts';
import { cellSizes } from './sizes.ts';
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

/** All sizes of both cells of a space. */
export function spaceSizes(space: SearchSpace, skeleton: Skeleton) {
  const costs = edgeCosts(space, skeleton, { affine: true });
  return {
    macro: costs.macro,
    normal: cellSizes(space, costs, 'normal', () => 0),
    reduce: cellSizes(space, costs, 'reduce', () => 0),
  };
}

/**
 * Checks that at least one genotype of the space lies inside all bounds at once.
 * @throws CellsmithError `budget-unreachable`, with the reachable range
 */
export function assertReachable(budget: Budget, space: SearchSpace, skeleton: Skeleton): void {
  if (Object.values(budget).every((bound) => bound === undefined)) return;
  const { macro, normal, reduce } = spaceSizes(space, skeleton);
  for (const a of normal.all) {
    for (const b of reduce.all) {
      if (
        withinBudget(budget, {
          params: macro.params + a.params + b.params,
          macs: macro.macs + a.macs + b.macs,
        })
      )
        return;
    }
  }
  throw budgetUnreachable(budget, space, skeleton, { macro, normal, reduce });
}

/** The error for a budget that no genotype meets; it names the reachable range and the nearest size. */
export function budgetUnreachable(
  budget: Budget,
  space: SearchSpace,
  skeleton: Skeleton,
  { macro, normal, reduce }: { macro: Cost; normal: CellSizes; reduce: CellSizes },
): CellsmithError {
  const { minParams = 0, maxParams = Infinity, minMacs = 0, maxMacs = Infinity } = budget;
  const miss = (value: number, low: number, high: number): number =>
    Math.max(0, low - value, value - high) / Math.max(1, value);
  let nearest: Cost = macro;
  let distance = Infinity;
  for (const a of normal.all) {
    for (const b of reduce.all) {
      const size = { params: macro.params + a.params + b.params, macs: macro.macs + a.macs + b.macs };
      const d = miss(size.params, minParams, maxParams) + miss(size.macs, minMacs, maxMacs);
      if (d < distance) [nearest, distance] = [size, d];
    }
  }
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
