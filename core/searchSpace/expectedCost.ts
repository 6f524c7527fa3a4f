/** The expected size of the derived network as a differentiable function of the alphas. */
import type { Cost, CostOptions } from './cost.ts';
import { edgeCosts, macroCost } from './cost.ts';
import { byNode, softmax } from './edgeShares.ts';
import type { SearchSpace, Skeleton } from './space.ts';
import { concatCounts, edgeAt, edgeCount } from './topology.ts';

export interface ExpectedCostOptions extends CostOptions {
  readonly quantity: keyof Cost;
}

/** Logits [E][K] of both cells. */
export interface AlphaTables {
  readonly normal: readonly (readonly number[])[];
  readonly reduce: readonly (readonly number[])[];
  /** Logits of the edges [E], where these have shares. */
  readonly betas?: { readonly normal: readonly number[]; readonly reduce: readonly number[] };
}

export interface ExpectedCost {
  /** n(α), parameters or MACs of the operations. */
  readonly value: number;
  /** ∂n/∂α, [E][K] of both cells, and ∂n/∂β, [E], where there are betas. */
  readonly gradient: {
    readonly normal: number[][];
    readonly reduce: number[][];
    readonly betas?: { readonly normal: number[]; readonly reduce: number[] };
  };
}

/**
 * Expected cost of the kept operations, summed over the cells ℓ:
 *
 *     n(α) = Σ_ℓ Σ_e (2 / deg(e)) Σ_k softmax(α_e)_k n_k        ∂n/∂α_ek = (2 / deg(e)) p_ek (n_ek − Σ_m p_em n_em)
 *
 * where deg(e) counts the edges into the node that e ends in, two of which survive the derivation. With betas the two are
 * drawn by the shares of the edges, so that `keptEdges` stands in place of 2 / deg(e).
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
  const gradientsOf = (kind: 'normal' | 'reduce') => {
    const edges = alphas[kind].map((row, edge) => {
      const costs = operations[kind][edge].map((cost) => cost[quantity]);
      const p = softmax(row);
      return { p, costs, mean: p.reduce((sum, pk, k) => sum + pk * costs[k], 0) };
    });
    const means = edges.map(({ mean }) => mean);
    const drawn = alphas.betas === undefined ? undefined : keptEdges(alphas.betas[kind], means);
    const rows = edges.map(({ p, costs, mean }, edge) => {
      const kept = drawn?.kept[edge] ?? 2 / (edgeAt(edge).node + 2);
      value += kept * mean;
      return p.map((pk, k) => kept * pk * (costs[k] - mean));
    });
    return { rows, betas: drawn?.gradient };
  };
  const [normal, reduce] = [gradientsOf('normal'), gradientsOf('reduce')];
  const rows = { normal: normal.rows, reduce: reduce.rows };
  if (normal.betas === undefined || reduce.betas === undefined) return { value, gradient: rows };
  return { value, gradient: { ...rows, betas: { normal: normal.betas, reduce: reduce.betas } } };
}

/**
 * How likely each edge is kept when a node draws two of its edges one after the other, by their shares s = softmax(β):
 *
 *     π_e = s_e (1 + Σ_{f≠e} s_f / (1 − s_f))
 *
 * 2 / deg(e) where the shares are equal, 1 where a node has two edges, and 2 summed over a node.
 * Differs: neither PC-DARTS nor E2RNAS says what betas mean for the expected size; this is our answer.
 * @param betas [E]
 * @param costs [E], c
 * @returns π, and ∂(Σ_e π_e c_e)/∂β
 */
export function keptEdges(
  betas: readonly number[],
  costs: readonly number[],
): { readonly kept: number[]; readonly gradient: number[] } {
  const costsOf = byNode(costs);
  const nodes = byNode(betas).map((logits, node) => {
    const s = softmax(logits);
    const c = costsOf[node];
    // 1 − s_f without its cancellation.
    const rest = s.map((_, f) => others(s, f));
    const odds = s.map((share, f) => share / rest[f]);
    const kept = s.map((share, e) => share * (1 + others(odds, e)));
    const weighed = s.map((share, e) => share * c[e]);
    const slopes = s.map((_, f) => c[f] * (1 + others(odds, f)) + others(weighed, f) / rest[f] ** 2);
    const mean = s.reduce((sum, share, f) => sum + share * slopes[f], 0);
    return { kept, gradient: s.map((share, f) => share * (slopes[f] - mean)) };
  });
  return {
    kept: nodes.flatMap(({ kept }) => kept),
    gradient: nodes.flatMap(({ gradient }) => gradient),
  };
}

/** The sum without one of its terms. */
function others(values: readonly number[], left: number): number {
  return values.reduce((sum, value, i) => (i === left ? sum : sum + value), 0);
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
