/** The two unpadded operations of the auxiliary head. */
import { tf } from '../tf.ts';

/** Windows that lie inside the image entirely. [B, H, W, C] → [B, ⌊(H − k)/s⌋ + 1, …, C] */
export function avgPoolValid(x: tf.Tensor4D, kernel: number, stride: number): tf.Tensor4D {
  return tf.avgPool(x, kernel, stride, 'valid');
}

/** Stride 1, no padding. @param filter [kh, kw, Cin, Cout] */
export function conv2dValid(x: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  return tf.conv2d(x, filter, 1, 'valid');
}
