/** Cross-entropy of integer labels. */
import { tf } from '../tf.ts';

/**
 * −(1/B) Σ_b log softmax(logits_b)[label_b]
 * @param logits [B, K]
 * @param labels [B] int32, 0 … K − 1
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const [batch, classes] = logits.shape;
  // The WebAssembly backend writes whole numbers whatever type is asked for.
  const chosen = tf.cast(tf.oneHot(labels, classes), 'float32');
  return tf.div(tf.neg(tf.sum(tf.mul(chosen, tf.logSoftmax(logits)))), batch);
}
