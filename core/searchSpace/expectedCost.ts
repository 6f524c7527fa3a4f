/** The expected size of the derived network as a differentiable function of the alphas. */
import type { Cost, CostOptions } from './cost.ts';
import { edgeCosts, macroCost } from './cost.ts';
import type { SearchSpace, Skeleton } from './space.ts';
import { concatCounts, edgeAt, edgeCount } from './topology.ts';

export interface ExpectedCostOptions extends CostOptions {
  readonly quantity: keyof Cost;
}

/** Logits [E][K] of both cells. */
export interface AlphaTables {
  readonly normal: readonly (readonly number[])[];
  readonly reduce: readonly (readonly number[])[];
}

export interface ExpectedCost {
  /** n(α), parameters or MACs of the operations. */
  readonly value: number;
  /** ∂n/∂α, [E][K] of both cells. */
  readonly gradient: { readonly normal: number[][]; readonly reduce: number[][] };
}

/**
 * Expected cost of the kept operations, summed over the cells ℓ:
 *
 *     n(α) = Σ_ℓ Σ_e (2 / deg(e)) Σ_k softmax(α_e)_k n_k        ∂n/∂α_ek = (2 / deg(e)) p_ek (n_ek − Σ_m p_em n_em)
 *
 * where deg(e) counts the edges into the node that e ends in, two of which survive the derivation.
 * Source: Yue et al. 2020 (E2RNAS), second upper-level objective.
 * Differs: the authors charge every edge with the costs of all edges (a 14-fold over-count), and count the search
 * network only; `affine` chooses between that and the network that will be built.
 */
export function expectedCost(
  alphas: AlphaTables,
  space: SearchSpace,
  skeleton: Skeleton,
  { quantity, affine }: ExpectedCostOptions,
): ExpectedCost {
  const { operations } = edgeCosts(space, skeleton, { affine });
  let value = 0;
  const gradientOf = (kind: 'normal' | 'reduce'): number[][] =>
    alphas[kind].map((row, edge) => {
      const kept = 2 / (edgeAt(edge).node + 2);
      const costs = operations[kind][edge].map((cost) => cost[quantity]);
      const p = softmax(row);
      const mean = p.reduce((sum, pk, k) => sum + pk * costs[k], 0);
      value += kept * mean;
      return p.map((pk, k) => kept * pk * (costs[k] - mean));
    });
  const gradient = { normal: gradientOf('normal'), reduce: gradientOf('reduce') };
  return { value, gradient };
}

/** Stem, preprocessing and classifier: the part of the network's cost that is constant in the alphas. */
export function fixedCost(
  space: SearchSpace,
  skeleton: Skeleton,
  { quantity, affine }: ExpectedCostOptions,
): number {
  return macroCost(skeleton, concatCounts(space), { affine })[quantity];
}

/** n(α) where all candidates are equally likely: the unit in which objectives measure size. */
export function uniformCost(space: SearchSpace, skeleton: Skeleton, options: ExpectedCostOptions): number {
  const rows = Array.from({ length: edgeCount(space.nodes) }, () => space.primitives.map(() => 0));
  return expectedCost({ normal: rows, reduce: rows }, space, skeleton, options).value;
}

function softmax(row: readonly number[]): number[] {
  const top = Math.max(...row);
  const powers = row.map((a) => Math.exp(a - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
