/** softmax(alphas) (Liu et al. 2019, eq. 2) and shares of edges, sorted by the states that edges leave. */
import { split } from '../../compute/ops/split.ts';
import { tf } from '../../compute/tf.ts';

/** By the state that the edges leave, in the order of the nodes that they lead to. */
export interface EdgeWeights {
  /** Of the candidates, [m, K]; times the share of the edge, where edges have shares. */
  readonly candidates: readonly tf.Tensor2D[];
  /** Of the edges, [m, 1]; where they have shares. */
  readonly shares?: readonly tf.Tensor2D[];
}

/**
 * @param alphas [E, K]
 * @param betas [E]; without them every edge counts as a whole
 */
export function edgeWeights(alphas: tf.Tensor2D, nodes: number, betas?: tf.Tensor1D): EdgeWeights {
  const [edges] = alphas.shape;
  const leaving = edgesByState(nodes);
  // A product with a permutation: unlike `gather` it has a gradient that every backend knows.
  const order = chosen(leaving.flat(), edges);
  const byState = (rows: tf.Tensor): tf.Tensor2D[] =>
    split(
      tf.matMul(order, rows as tf.Tensor2D),
      leaving.map((group) => group.length),
      0,
    ) as tf.Tensor2D[];
  const softmaxed = tf.softmax(alphas);
  if (betas === undefined) return { candidates: byState(softmaxed) };
  const shares = edgeShares(betas, nodes);
  return { candidates: byState(tf.mul(softmaxed, shares)), shares: byState(shares) };
}

/**
 * Edge normalisation (Xu et al. 2020, PC-DARTS): the softmax of the betas over the edges that lead to one node.
 * @param betas [E]
 * @returns [E, 1]; those of each node sum to 1
 */
export function edgeShares(betas: tf.Tensor1D, nodes: number): tf.Tensor2D {
  const incoming = Array.from({ length: nodes }, (_, node) => node + 2);
  const [edges] = betas.shape;
  const blocks = split(tf.reshape(betas, [1, edges]), incoming, 1).map((block) => tf.softmax(block));
  return tf.reshape(tf.concat(blocks, 1), [edges, 1]);
}

/** Some columns of the weights, [m, n]. @param weights [m, K] */
export function columnsOf(weights: tf.Tensor2D, columns: readonly number[]): tf.Tensor2D {
  return tf.matMul(weights, chosen(columns, weights.shape[1]), false, true);
}

/** The same column by column, [n·m, 1, 1]. */
export function columnByColumn(weights: tf.Tensor2D, columns: readonly number[]): tf.Tensor3D {
  const rows = tf.matMul(chosen(columns, weights.shape[1]), weights, false, true);
  return tf.reshape(rows, [columns.length * weights.shape[0], 1, 1]);
}

/** Chooses rows from `count` when it stands on the left of a product. */
function chosen(rows: readonly number[], count: number): tf.Tensor2D {
  return tf.tensor2d(
    rows.flatMap((row) => Array.from({ length: count }, (_, i) => (i === row ? 1 : 0))),
    [rows.length, count],
  );
}

/** Numbers of the edges that leave each state; edges are numbered by the node that they lead to. */
function edgesByState(nodes: number): readonly (readonly number[])[] {
  const leaving: number[][] = Array.from({ length: nodes + 1 }, () => []);
  let edge = 0;
  for (let node = 0; node < nodes; node++)
    for (let from = 0; from < node + 2; from++, edge++) leaving[from].push(edge);
  return leaving;
}
