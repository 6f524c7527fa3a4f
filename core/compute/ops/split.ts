/** Splitting along an axis. */
import { tf } from '../tf.ts';

/** Parts of the given sizes. TensorFlow.js has no gradient for a split into one part. */
export function split(x: tf.Tensor, sizes: readonly number[], axis: number): tf.Tensor[] {
  return sizes.length === 1 ? [x] : tf.split(x, [...sizes], axis);
}
