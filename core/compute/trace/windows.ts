/** The geometry of window kernels, computed as TensorFlow.js does. */
import { tf } from '../tf.ts';

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
