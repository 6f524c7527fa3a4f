/** 3×3 pools padded by one pixel on all sides, as PyTorch's; padded pixels never count. */
import { sizeOf } from '../program.ts';
import { tf } from '../tf.ts';

/** Below every pixel of a float32 network, and finite, so that 0 · LOWEST is 0. */
const LOWEST = -3.4028234663852886e38;

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
  const inside = (size: number): number[] =>
    Array.from({ length: Math.ceil(size / stride) }, (_, i) => {
      const start = i * stride - 1;
      return Math.min(size, start + 3) - Math.max(0, start);
    });
  const [rows, columns] = [inside(height), inside(width)];
  const shape: [number, number, number, number] = [1, rows.length, columns.length, 1];
  const shares = new Float32Array(sizeOf(shape));
  rows.forEach((r, i) => columns.forEach((c, j) => (shares[i * columns.length + j] = 9 / (r * c))));
  return tf.tensor4d(shares, shape);
}
