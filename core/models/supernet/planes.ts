/**
 * Images as the supernet keeps them: channel by channel. A channel of the whole batch lies in one piece, so that what is
 * computed per channel (depthwise convolution, normalisation) and across channels (pointwise convolution) are few large
 * matrix products.
 */
import { avgPool3x3, maxPool3x3 } from '../../compute/ops/pooling.ts';
import { subsample } from '../../compute/ops/convolution.ts';
import { tf } from '../../compute/tf.ts';

export interface Planes {
  /** [1, C, B·H·W] */
  readonly values: tf.Tensor3D;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** @param images [B, H, W, C] */
export function planesOf(images: tf.Tensor4D): Planes {
  const [batch, height, width, channels] = images.shape;
  const values = tf.reshape(tf.transpose(images, [3, 0, 1, 2]), [1, channels, batch * height * width]);
  return { values: values as tf.Tensor3D, batch, height, width };
}

/** [B, H, W, C] */
export function imagesOf({ values, batch, height, width }: Planes): tf.Tensor4D {
  return tf.transpose(tf.reshape(values, [values.shape[1], batch, height, width]), [1, 2, 3, 0]);
}

export function mapped(planes: Planes, compute: (values: tf.Tensor3D) => tf.Tensor3D): Planes {
  return { ...planes, values: compute(planes.values) };
}

/** Every channel of every image as an image of its own: what does not mix channels need not know them. */
function eachPlane(planes: Planes, compute: (images: tf.Tensor4D) => tf.Tensor4D): Planes {
  const { values, batch, height, width } = planes;
  const channels = values.shape[1];
  const result = compute(tf.reshape(values, [channels * batch, height, width, 1]));
  const [, newHeight, newWidth] = result.shape;
  return {
    values: tf.reshape(result, [1, channels, batch * newHeight * newWidth]),
    batch,
    height: newHeight,
    width: newWidth,
  };
}

export const maxPooled = (planes: Planes, stride: number): Planes =>
  eachPlane(planes, (images) => maxPool3x3(images, stride));

export const avgPooled = (planes: Planes, stride: number): Planes =>
  eachPlane(planes, (images) => avgPool3x3(images, stride));

/** The largest of each 2×2 pixels. */
export const halvedByMaxima = (planes: Planes): Planes =>
  eachPlane(planes, (images) => tf.maxPool(images, 2, 2, 'valid'));

/** Every other pixel: those at even places, or those one row and one column further. */
export function everyOther(planes: Planes, which: 'even' | 'odd'): Planes {
  return eachPlane(planes, (images) => {
    if (which === 'even') return subsample(images, 2);
    const [count, height, width] = images.shape;
    return subsample(tf.slice4d(images, [0, 1, 1, 0], [count, height - 1, width - 1, 1]), 2);
  });
}
