/** How large the network of a genotype is, edge by edge and as a whole, beside another and against a budget. */
import type { Cost } from '../../../core/searchSpace/cost.ts';
import { NO_COST, addCosts, countNetwork, operationCost } from '../../../core/searchSpace/cost.ts';
import type { CellKind, Genotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import { PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import type { Budget, Skeleton } from '../../../core/searchSpace/space.ts';
import { cellPlan, edgeStride } from '../../../core/searchSpace/topology.ts';

/** Of float32. */
export const BYTES_PER_PARAMETER = 4;

/** What an operation costs on an edge that reads `from`, in all cells of its kind together. */
export type OperationCosts = (cell: CellKind, from: number, op: PrimitiveId) => Cost;

/** @throws CellsmithError `image-size` */
export function operationCosts(skeleton: Skeleton): OperationCosts {
  // Channels and sizes do not depend on what a cell concatenates.
  const plan = cellPlan(skeleton, { normal: 1, reduce: 1 });
  const known = new Map<string, Cost>();
  for (const kind of ['normal', 'reduce'] as const) {
    const cells = plan.filter((cell) => cell.kind === kind);
    for (const op of PRIMITIVES) {
      for (const stride of [1, 2] as const) {
        const costs = cells.map(({ channels, outputSize }) =>
          operationCost(op, channels, stride, outputSize, { affine: true }),
        );
        known.set(`${kind} ${stride} ${op}`, addCosts(...costs));
      }
    }
  }
  return (cell, from, op) => known.get(`${cell} ${edgeStride(cell, from)} ${op}`) ?? NO_COST;
}

export type Bound = 'below' | 'within' | 'above';

export interface Count extends Cost {
  readonly bytes: number;
}

export interface Recount extends Count {
  /** Against the original. */
  readonly more: Cost;
  /** Absent where the budget says nothing of it. */
  readonly paramsBound?: Bound;
  readonly macsBound?: Bound;
}

/** @throws CellsmithError `image-size` */
export function countOf(genotype: Genotype, skeleton: Skeleton): Count {
  const cost = countNetwork(genotype, skeleton);
  return { ...cost, bytes: cost.params * BYTES_PER_PARAMETER };
}

/** @throws CellsmithError `image-size` */
export function recount(genotype: Genotype, original: Genotype, skeleton: Skeleton, budget: Budget): Recount {
  const now = countOf(genotype, skeleton);
  const before = countNetwork(original, skeleton);
  const paramsBound = boundOf(now.params, budget.minParams, budget.maxParams);
  const macsBound = boundOf(now.macs, budget.minMacs, budget.maxMacs);
  return {
    ...now,
    more: { params: now.params - before.params, macs: now.macs - before.macs },
    ...(paramsBound === undefined ? {} : { paramsBound }),
    ...(macsBound === undefined ? {} : { macsBound }),
  };
}

function boundOf(value: number, low: number | undefined, high: number | undefined): Bound | undefined {
  if (low === undefined && high === undefined) return undefined;
  if (low !== undefined && value < low) return 'below';
  return high !== undefined && value > high ? 'above' : 'within';
}
