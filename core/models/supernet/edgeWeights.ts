/** softmax(alphas) (Liu et al. 2019, eq. 2), sorted by the states that edges leave. */
import { split } from '../../compute/ops/split.ts';
import { tf } from '../../compute/tf.ts';

/** By the state that the edges leave: [m, K] in the order of the nodes that they lead to. */
export type EdgeWeights = readonly tf.Tensor2D[];

/** @param alphas [E, K] */
export function edgeWeights(alphas: tf.Tensor2D, nodes: number): EdgeWeights {
  const [edges] = alphas.shape;
  const leaving = edgesByState(nodes);
  // A product with a permutation: unlike `gather` it has a gradient that every backend knows.
  const sorted = tf.matMul(chosen(leaving.flat(), edges), tf.softmax(alphas));
  return split(
    sorted,
    leaving.map((group) => group.length),
    0,
  ) as tf.Tensor2D[];
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
