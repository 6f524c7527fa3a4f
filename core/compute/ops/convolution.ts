/** Convolutions without bias, padded symmetrically as PyTorch does, with gradients that know dilation. */
import { tf } from '../tf.ts';
import { withGradient } from './customGradient.ts';

type Pair = readonly [number, number];

/**
 * Pads so that a kernel sees as many pixels beyond either border: (k − 1)·d / 2 on all sides.
 * At stride 1 TensorFlow's 'same' does that by itself; at larger strides it pads unevenly, so zeros are put around.
 */
function padded(x: tf.Tensor4D, kernel: Pair, strides: Pair): { x: tf.Tensor4D; pad: 'same' | 'valid' } {
  if (strides[0] === 1 && strides[1] === 1) return { x, pad: 'same' };
  const [vertical, horizontal] = kernel.map((k) => (k - 1) / 2);
  if (vertical === 0 && horizontal === 0) return { x, pad: 'valid' };
  const sides: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [vertical, vertical],
    [horizontal, horizontal],
    [0, 0],
  ];
  return { x: tf.pad4d(x, sides), pad: 'valid' };
}

/**
 * Dense convolution of odd kernels.
 * @param x [B, H, W, Cin]
 * @param filter [kh, kw, Cin, Cout]
 * @returns [B, ⌈H/s⌉, ⌈W/s⌉, Cout]
 */
export function conv2d(x: tf.Tensor4D, filter: tf.Tensor4D, strides: Pair = [1, 1]): tf.Tensor4D {
  const [kh, kw] = filter.shape;
  const input = padded(x, [kh, kw], strides);
  return tf.conv2d(input.x, filter, [strides[0], strides[1]], input.pad);
}

/**
 * Depthwise convolution of odd kernels.
 * TensorFlow.js refuses gradients of dilated convolutions; the kernels behind them know dilation, so they are called
 * here. No backend computes stride and dilation at once.
 * @param x [B, H, W, C]
 * @param filter [k, k, C, 1]
 * @returns [B, ⌈H/s⌉, ⌈W/s⌉, C]
 */
export function depthwiseConv2d(x: tf.Tensor4D, filter: tf.Tensor4D, stride = 1, dilation = 1): tf.Tensor4D {
  if (stride > 1 && dilation > 1)
    throw new Error('depthwiseConv2d: take a subsample instead of stride and dilation');
  const [kh, kw] = filter.shape;
  const input = padded(x, [kh, kw], [stride, stride]);
  return plainDepthwise(input.x, filter, stride, dilation, input.pad);
}

function plainDepthwise(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: number,
  dilations: number,
  pad: 'same' | 'valid',
): tf.Tensor4D {
  const how = { strides, dilations, pad };
  return withGradient([x, filter] as const, ([input, weights], save) => {
    save([input, weights]);
    return {
      value: tf.depthwiseConv2d(input, weights, strides, pad, 'NHWC', dilations),
      gradient: (dy, [savedInput, savedWeights]) => [
        run(
          'DepthwiseConv2dNativeBackpropInput',
          { dy, filter: savedWeights },
          { ...how, inputShape: savedInput.shape },
        ),
        run(
          'DepthwiseConv2dNativeBackpropFilter',
          { x: savedInput, dy },
          { ...how, filterShape: savedWeights.shape },
        ),
      ],
    };
  });
}

function run(
  kernel: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, unknown>,
): tf.Tensor4D {
  return tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);
}

/** Every `stride`-th pixel, the first included. StridedSlice has no gradient in TensorFlow.js, a 1×1 pool has. */
export function subsample(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  return tf.avgPool(x, 1, stride, 'valid');
}
