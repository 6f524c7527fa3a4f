/** 3×3 pools padded by one pixel on all sides, as PyTorch's; padded pixels never count. */
import { tf } from '../tf.ts';
import { LOWEST, poolWindow, windowShares } from '../windows.ts';

const SIDES: [[number, number], [number, number], [number, number], [number, number]] = [
  [0, 0],
  [1, 1],
  [1, 1],
  [0, 0],
];

/** [B, H, W, C] → [B, ⌈H/s⌉, ⌈W/s⌉, C]; the first of equal pixels receives the gradient. */
export function maxPool3x3(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return tf.maxPool(x, 3, 1, 'same');
  return tf.maxPool(tf.pad4d(x, SIDES, LOWEST), 3, stride, 'valid');
}

/** [B, H, W, C] → [B, ⌈H/s⌉, ⌈W/s⌉, C]; the mean of those of the nine pixels that lie inside the image. */
export function avgPool3x3(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return tf.avgPool(x, 3, 1, 'same');
  const pooled = tf.avgPool(tf.pad4d(x, SIDES), 3, stride, 'valid');
  return tf.mul(pooled, nineOverInside(x.shape[1], x.shape[2], stride));
}

/** 9 / (pixels of the window that lie inside), [1, H', W', 1]. */
function nineOverInside(height: number, width: number, stride: number): tf.Tensor4D {
  const window = poolWindow([1, height, width, 1], { filterSize: 3, strides: stride, pad: SIDES });
  const { rows, columns, values } = windowShares(window, 9);
  return tf.tensor4d(values, [1, rows, columns, 1]);
}
