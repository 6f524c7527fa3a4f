/** Work on one value that several layers ask for, done once per evaluation of a model. */
import type { tf } from '../compute/tf.ts';
import type { Forward } from './forward.ts';

const results = new WeakMap<Forward, WeakMap<tf.Tensor, Map<string, tf.Tensor4D>>>();

/**
 * `compute(x)`, or what it gave before in the same evaluation. All candidates on all edges that leave a state begin with
 * the same ReLU; sharing it also lets autodiff add up the gradients before they flow back through it once.
 * @param work names the computation, parameters included
 */
export function once(
  forward: Forward,
  x: tf.Tensor4D,
  work: string,
  compute: (x: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  const ofForward = results.get(forward) ?? new WeakMap<tf.Tensor, Map<string, tf.Tensor4D>>();
  results.set(forward, ofForward);
  const ofValue = ofForward.get(x) ?? new Map<string, tf.Tensor4D>();
  ofForward.set(x, ofValue);
  const result = ofValue.get(work) ?? compute(x);
  ofValue.set(work, result);
  return result;
}
