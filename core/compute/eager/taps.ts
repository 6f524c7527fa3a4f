/** Window kernels taken apart into their taps: the shifted images that one place of a kernel sees, and the way back. */
import { tf } from '../tf.ts';
import type { WindowInfo } from '../windows.ts';

/** One place of a kernel. */
export interface Tap {
  readonly row: number;
  readonly column: number;
}

export function tapsOf({ filterHeight, filterWidth }: WindowInfo): readonly Tap[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, i) => ({
    row: Math.floor(i / filterWidth),
    column: i % filterWidth,
  }));
}

type Sides = [[number, number], [number, number], [number, number], [number, number]];

/** Rows and columns that windows may reach into, at least as many as the padded images have. */
function extents({
  outHeight,
  outWidth,
  strideHeight,
  strideWidth,
  ...info
}: WindowInfo): readonly [number, number] {
  const reach = (out: number, stride: number, extent: number): number =>
    (out - 1) * stride + extent + stride - 1;
  const { top, bottom, left, right } = info.padInfo;
  return [
    Math.max(info.inHeight + top + bottom, reach(outHeight, strideHeight, info.effectiveFilterHeight)),
    Math.max(info.inWidth + left + right, reach(outWidth, strideWidth, info.effectiveFilterWidth)),
  ];
}

/** Images with what lies around them filled, so that every tap can be cut out. */
export function surrounded(x: tf.Tensor4D, info: WindowInfo, fill: number): tf.Tensor4D {
  const [height, width] = extents(info);
  const { top, left } = info.padInfo;
  const sides: Sides = [
    [0, 0],
    [top, height - info.inHeight - top],
    [left, width - info.inWidth - left],
    [0, 0],
  ];
  return sides.flat().every((n) => n === 0) ? x : tf.pad4d(x, sides, fill);
}

/** What one tap sees: [B, H', W', C] of surrounded images. */
export function seenBy({ row, column }: Tap, images: tf.Tensor4D, info: WindowInfo): tf.Tensor4D {
  const { strideHeight, strideWidth, outHeight, outWidth } = info;
  const [batch, , , channels] = images.shape;
  const [height, width] = [outHeight * strideHeight, outWidth * strideWidth];
  const from = [0, row * info.dilationHeight, column * info.dilationWidth, 0] as [
    number,
    number,
    number,
    number,
  ];
  const cut = tf.slice4d(images, from, [batch, height, width, channels]);
  if (strideHeight * strideWidth === 1) return cut;
  const everyColumn = tf.slice(
    tf.reshape(cut, [batch * height * outWidth, strideWidth, channels]),
    [0, 0, 0],
    [-1, 1, -1],
  );
  const rows = tf.reshape(everyColumn, [batch * outHeight, strideHeight, outWidth * channels]);
  return tf.reshape(tf.slice(rows, [0, 0, 0], [-1, 1, -1]), [batch, outHeight, outWidth, channels]);
}

/** The way back of `seenBy` and `surrounded`: [B, H', W', C] → [B, H, W, C], zero wherever the tap did not look. */
export function placedBy({ row, column }: Tap, dy: tf.Tensor4D, info: WindowInfo): tf.Tensor4D {
  const { strideHeight, strideWidth, outHeight, outWidth } = info;
  const [batch, , , channels] = dy.shape;
  const spread = spreadOut(dy, strideHeight, strideWidth);
  const [height, width] = extents(info);
  const top = row * info.dilationHeight;
  const left = column * info.dilationWidth;
  const sides: Sides = [
    [0, 0],
    [top, Math.max(0, height - top - outHeight * strideHeight)],
    [left, Math.max(0, width - left - outWidth * strideWidth)],
    [0, 0],
  ];
  const whole = tf.pad4d(spread, sides);
  return tf.slice4d(
    whole,
    [0, info.padInfo.top, info.padInfo.left, 0],
    [batch, info.inHeight, info.inWidth, channels],
  );
}

/** Zeros after every row and column, so that strides become 1. */
function spreadOut(x: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight * strideWidth === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const columns = tf.pad3d(tf.reshape(x, [batch * height * width, 1, channels]), [
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const rows = tf.reshape(columns, [batch * height, 1, width * strideWidth * channels]);
  const whole = tf.pad3d(rows as tf.Tensor3D, [
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  return tf.reshape(whole, [batch, height * strideHeight, width * strideWidth, channels]);
}
