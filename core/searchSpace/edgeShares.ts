/** Edge normalisation without tensors (Xu et al. 2020, PC-DARTS): shares of edges, and how strong they make a candidate. */
import type { EdgeWeights } from './discretize.ts';
import { edgeAt } from './topology.ts';

/** softmax(betas) of both cells, [E]; the shares of the edges that lead to one node sum to 1. */
export interface EdgeShares {
  readonly normal: number[];
  readonly reduce: number[];
}

export function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((v) => Math.exp(v - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((v) => v / sum);
}

/** The entries of all edges by the node that these lead to. */
export function byNode<T>(edges: readonly T[]): T[][] {
  const nodes: T[][] = [];
  edges.forEach((entry, e) => {
    const { node } = edgeAt(e);
    (nodes[node] ??= []).push(entry);
  });
  return nodes;
}

/** softmax(betas) over the edges that lead to each node. @param betas [E] */
export function edgeShares(betas: readonly number[]): number[] {
  return byNode(betas).flatMap(softmax);
}

/** What candidates are ranked by: share of the edge times weight of the candidate; without shares its weight alone. */
export function edgeStrengths(edgeWeights: EdgeWeights, shares: EdgeShares | undefined): EdgeWeights {
  if (shares === undefined) return edgeWeights;
  const cell = (kind: 'normal' | 'reduce') =>
    edgeWeights[kind].map((row, e) => row.map((weight) => shares[kind][e] * weight));
  return { normal: cell('normal'), reduce: cell('reduce') };
}
