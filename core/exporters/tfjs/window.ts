/** Convolutions and pools of a recorded network as TensorFlow operations, with its exact paddings. */
import { hostTensor } from '../../compute/program.ts';
import { tf } from '../../compute/tf.ts';
import type { Attribute, GraphBuilder, Ref } from './graph.ts';
import { listAttribute, TEXT } from './graph.ts';
import type { Axis } from './padding.ts';
import { pad } from './padding.ts';

type Shape4 = [number, number, number, number];
type Explicit = Parameters<typeof tf.backend_util.computePool2DInfo>[4];

/** Attributes of TensorFlow.js' window kernels. */
export interface WindowAttributes {
  readonly strides: number | [number, number];
  readonly pad: Explicit;
  readonly dilations?: number | [number, number];
  readonly filterSize?: number | [number, number];
}

const LOWEST = -3.4028234663852886e38;

/** Conv2D or DepthwiseConv2dNative of x and a filter [kh, kw, Cin, Cout or multiplier]. */
export function convolution(
  graph: GraphBuilder,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  [x, filter]: readonly [Ref, Ref],
  [shape, filterShape]: readonly [Shape4, Shape4],
  attributes: WindowAttributes,
): Ref {
  const { strides, dilations = 1 } = attributes;
  const depthwise = op === 'DepthwiseConv2dNative';
  const info = tf.backend_util.computeConv2DInfo(shape, filterShape, strides, dilations, attributes.pad, 'floor', depthwise);
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  if (Math.max(strideHeight, strideWidth) > 1 && Math.max(dilationHeight, dilationWidth) > 1) {
    return stridedAndDilated(graph, op, [x, filter], [shape, filterShape], info);
  }
  const height: Axis = { size: info.inHeight, extent: info.effectiveFilterHeight, stride: strideHeight };
  const width: Axis = { size: info.inWidth, extent: info.effectiveFilterWidth, stride: strideWidth };
  const { x: padded, padding } = pad(graph, x, info.padInfo, height, width, 0);
  return graph.node(op, [padded, filter], {
    ...window({ strides: [strideHeight, strideWidth], padding }),
    dilations: listAttribute([1, dilationHeight, dilationWidth, 1]),
  });
}

/**
 * TensorFlow.js runs no convolution that is both strided and dilated. Where stride = dilation = s and s divides the
 * padding p, only every s-th pixel is read at all: out[i] = Σ_k w[k]·x[s·i + s·k − p] = Σ_k w[k]·(x[::s])[i + k − p/s].
 */
function stridedAndDilated(
  graph: GraphBuilder,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  [x, filter]: readonly [Ref, Ref],
  [shape, filterShape]: readonly [Shape4, Shape4],
  { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo, outHeight, outWidth }: ReturnType<
    typeof tf.backend_util.computeConv2DInfo
  >,
): Ref {
  const s = strideHeight;
  const { top, left } = padInfo;
  if (strideWidth !== s || dilationHeight !== s || dilationWidth !== s || top % s !== 0 || left % s !== 0) {
    throw new Error(`tfjs: a ${op} of stride ${s} and dilation ${dilationHeight} cannot be expressed`);
  }
  const [batch, height, width, channels] = shape;
  const few: Shape4 = [batch, Math.ceil(height / s), Math.ceil(width / s), channels];
  const [kernelHeight, kernelWidth] = filterShape;
  const after = (out: number, kernel: number, size: number, before: number): number => out - 1 + kernel - size - before;
  const pads: Explicit = [
    [0, 0],
    [top / s, Math.max(0, after(outHeight, kernelHeight, few[1], top / s))],
    [left / s, Math.max(0, after(outWidth, kernelWidth, few[2], left / s))],
    [0, 0],
  ];
  return convolution(graph, op, [subsample(graph, x, s), filter], [few, filterShape], { strides: 1, pad: pads });
}

function subsample(graph: GraphBuilder, x: Ref, stride: number): Ref {
  const attributes = window({ strides: [stride, stride], padding: TEXT.VALID });
  return graph.node('MaxPool', [x], { ...attributes, ksize: listAttribute([1, 1, 1, 1]) });
}

/** MaxPool, or AvgPool that does not count padded pixels. */
export function pool(graph: GraphBuilder, op: 'MaxPool' | 'AvgPool', x: Ref, shape: Shape4, attributes: WindowAttributes): Ref {
  const { filterSize = 1, strides, pad: wanted } = attributes;
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, wanted, 'floor');
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const height: Axis = { size: info.inHeight, extent: filterHeight, stride: strideHeight };
  const width: Axis = { size: info.inWidth, extent: filterWidth, stride: strideWidth };
  const { x: padded, padding } = pad(graph, x, info.padInfo, height, width, op === 'MaxPool' ? LOWEST : 0);
  const pooled = graph.node(op, [padded], {
    ...window({ strides: [strideHeight, strideWidth], padding }),
    ksize: listAttribute([1, filterHeight, filterWidth, 1]),
  });
  if (op === 'MaxPool' || padded === x) return pooled;
  // The zeros of an explicit padding were counted.
  const { top, left } = info.padInfo;
  const shares = averagingShares({ ...height, before: top, out: info.outHeight }, { ...width, before: left, out: info.outWidth });
  const name = `shares/${[info.inHeight, info.inWidth, filterHeight, filterWidth, strideHeight, strideWidth, top, left].join('_')}`;
  const value = hostTensor([1, info.outHeight, info.outWidth, 1], shares);
  return graph.node('Mul', [pooled, graph.constants.has(name) ? name : graph.constant(name, value)]);
}

interface Windows extends Axis {
  readonly before: number;
  readonly out: number;
}

/** Window size over the number of its pixels inside the image, for every window. */
function averagingShares(height: Windows, width: Windows): Float32Array<ArrayBuffer> {
  const inside = ({ size, extent, stride, before }: Windows, index: number): number => {
    const start = index * stride - before;
    return Math.min(size, start + extent) - Math.max(0, start);
  };
  return Float32Array.from({ length: height.out * width.out }, (_, i) => {
    const pixels = inside(height, Math.floor(i / width.out)) * inside(width, i % width.out);
    return (height.extent * width.extent) / pixels;
  });
}

function window({ strides, padding }: { strides: readonly number[]; padding: Attribute }): Record<string, Attribute> {
  return { strides: listAttribute([1, ...strides, 1]), padding, data_format: TEXT.NHWC };
}

