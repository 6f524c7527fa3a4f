/** Convolution, normalisation and classifier layers; weights are declared when a layer is made. */
import { batchNorm, batchNormInference } from '../compute/ops/batchNorm.ts';
import { conv2d, depthwiseConv2d, subsample } from '../compute/ops/convolution.ts';
import { tf } from '../compute/tf.ts';
import type { Forward, Layer } from './forward.ts';
import { chain } from './forward.ts';
import { once } from './shared.ts';
import type { WeightBook } from './weightBook.ts';

/** Affine normalisation has scale, shift and stored statistics (evaluation network); plain has none (search). */
export type Normalisation = 'affine' | 'plain';

export const relu: Layer = (x, forward) => once(forward, x, 'relu', (value) => tf.relu(value));
export const identity: Layer = (x) => x;

/** Dense convolution without bias, padded symmetrically as in PyTorch. Filter [kh, kw, Cin, Cout]. */
export function convolution(
  book: WeightBook,
  name: string,
  channelsIn: number,
  channelsOut: number,
  kernel: readonly [number, number] = [1, 1],
  strides: readonly [number, number] = [1, 1],
): Layer {
  const filter = book.weight(`${name}.filter`, [...kernel, channelsIn, channelsOut], 'conv');
  return (x, forward) => conv2d(x, forward.tensors[filter] as tf.Tensor4D, strides);
}

/** Depthwise convolution without bias. Filter [k, k, C, 1]. */
export function depthwise(
  book: WeightBook,
  name: string,
  channels: number,
  kernel: number,
  stride: number,
  dilation: number,
): Layer {
  const filter = book.weight(`${name}.filter`, [kernel, kernel, channels, 1], 'conv');
  // Stride 2 with dilation 2 reads every other pixel only: the same as those pixels, convolved without either.
  const apart = stride > 1 && dilation === stride;
  return (x, forward) => {
    const weights = forward.tensors[filter] as tf.Tensor4D;
    if (!apart) return depthwiseConv2d(x, weights, stride, dilation);
    return depthwiseConv2d(
      once(forward, x, `subsample ${stride}`, (value) => subsample(value, stride)),
      weights,
    );
  };
}

/** Batch normalisation over batch and space, ε = 1e-5. Plain ones always normalise by the batch. */
export function normalisation(book: WeightBook, name: string, channels: number, kind: Normalisation): Layer {
  if (kind === 'plain') return (x) => batchNorm(x).y;
  const gamma = book.weight(`${name}.gamma`, [channels], 'ones');
  const beta = book.weight(`${name}.beta`, [channels], 'zeros');
  book.statistic(name, channels);
  return (x, forward) => {
    const scale = forward.tensors[gamma] as tf.Tensor1D;
    const shift = forward.tensors[beta] as tf.Tensor1D;
    if (forward.normalise === 'stored') {
      const mean = forward.tensors[`${name}.mean`] as tf.Tensor1D;
      const variance = forward.tensors[`${name}.variance`] as tf.Tensor1D;
      return batchNormInference(x, mean, variance, scale, shift);
    }
    const { y, mean, variance } = batchNorm(x, { gamma: scale, beta: shift });
    collect(forward, name, x, mean, variance);
    return y;
  };
}

/** Stored statistics take the unbiased variance, as PyTorch's do. */
function collect(forward: Forward, name: string, x: tf.Tensor4D, mean: tf.Tensor, variance: tf.Tensor): void {
  if (forward.statistics === undefined) return;
  const n = x.shape[0] * x.shape[1] * x.shape[2];
  forward.statistics[`${name}.mean`] = tf.keep(mean);
  forward.statistics[`${name}.variance`] = tf.keep(tf.mul(variance, n / Math.max(1, n - 1)));
}

/** ReLU, 1×1 convolution, normalisation. */
export function reluConvNorm(
  book: WeightBook,
  name: string,
  channelsIn: number,
  channelsOut: number,
  kind: Normalisation,
): Layer {
  return chain(
    relu,
    convolution(book, `${name}.conv`, channelsIn, channelsOut),
    normalisation(book, `${name}.norm`, channelsOut, kind),
  );
}

/** ReLU; two 1×1 stride-2 convolutions, the second shifted by one pixel; concatenation; normalisation. */
export function factorizedReduce(
  book: WeightBook,
  name: string,
  channelsIn: number,
  channelsOut: number,
  kind: Normalisation,
): Layer {
  const half = channelsOut / 2;
  const even = convolution(book, `${name}.conv1`, channelsIn, half);
  const odd = convolution(book, `${name}.conv2`, channelsIn, half);
  const norm = normalisation(book, `${name}.norm`, channelsOut, kind);
  return (x, forward) => {
    const active = relu(x, forward);
    const evenPixels = once(forward, active, 'subsample 2', (value) => subsample(value, 2));
    const oddPixels = once(forward, active, 'subsample 2, shifted', (value) => {
      const [batch, height, width, channels] = value.shape;
      return subsample(tf.slice4d(value, [0, 1, 1, 0], [batch, height - 1, width - 1, channels]), 2);
    });
    const halves = [even(evenPixels, forward), odd(oddPixels, forward)];
    return norm(tf.concat4d(halves, 3), forward);
  };
}

/** Global average pooling and a linear classifier. Kernel [C, K], bias [K]; result logits [B, K]. */
export function classifier(
  book: WeightBook,
  name: string,
  channels: number,
  classes: number,
): (x: tf.Tensor4D, forward: Forward) => tf.Tensor2D {
  const kernel = book.weight(`${name}.kernel`, [channels, classes], 'linear');
  const bias = book.weight(`${name}.bias`, [classes], 'zeros');
  return (x, forward) => {
    const features = tf.mean(x, [1, 2]) as tf.Tensor2D;
    return tf.add(tf.matMul(features, forward.tensors[kernel] as tf.Tensor2D), forward.tensors[bias]);
  };
}
