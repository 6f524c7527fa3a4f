/** The geometry of window kernels, computed as TensorFlow.js does. */
import { tf } from './tf.ts';

export type Shape4 = [number, number, number, number];

/** Attributes of TensorFlow.js' window kernels. */
export type WindowAttributes = {
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4];
  readonly dilations?: number | [number, number];
  /** Pools only. */
  readonly filterSize?: number | [number, number];
};

/** As kernels are called with, and as records hold them. */
type Attributes = Readonly<Record<string, unknown>>;

export type WindowInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** @param x [B, H, W, C] @param filter [kh, kw, Cin, Cout or multiplier] */
export function convolutionWindow(
  x: Shape4,
  filter: Shape4,
  attributes: Attributes,
  depthwise: boolean,
): WindowInfo {
  const { strides, dilations = 1, pad } = attributes as WindowAttributes;
  return tf.backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', depthwise);
}

/** @param x [B, H, W, C] */
export function poolWindow(x: Shape4, attributes: Attributes): WindowInfo {
  const { filterSize = 1, strides, pad } = attributes as WindowAttributes;
  return tf.backend_util.computePool2DInfo(x, filterSize, strides, 1, pad, 'floor');
}

/**
 * `numerator` / (pixels of a window that lie inside the image), for every window.
 * @returns values of [H', W'] row-major, with that shape
 */
export function windowShares(
  info: WindowInfo,
  numerator = 1,
): { rows: number; columns: number; values: Float32Array } {
  const inside = (out: number, stride: number, extent: number, before: number, size: number): number[] =>
    Array.from(
      { length: out },
      (_, i) => Math.min(size, i * stride - before + extent) - Math.max(0, i * stride - before),
    );
  const { padInfo } = info;
  const rows = inside(info.outHeight, info.strideHeight, info.filterHeight, padInfo.top, info.inHeight);
  const columns = inside(info.outWidth, info.strideWidth, info.filterWidth, padInfo.left, info.inWidth);
  const values = Float32Array.from(rows.flatMap((r) => columns.map((c) => numerator / (r * c))));
  return { rows: rows.length, columns: columns.length, values };
}

/** The lowest float32: fills what lies around an image where maxima are taken. Finite, so that 0 · LOWEST is 0. */
export const LOWEST = -3.4028234663852886e38;
