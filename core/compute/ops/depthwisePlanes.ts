/** Depthwise convolution of images that are kept channel by channel, several filters per channel at once. */
import { tf } from '../tf.ts';
import type { Window } from './bands.ts';
import { imageBands, outputSize, rowBands, rowsRead, takesWholeImages } from './bands.ts';
import { withGradient } from './customGradient.ts';
import { split } from './split.ts';

/** Filters of one kind. */
export interface Kernels {
  /** [m, k², C] */
  readonly filters: tf.Tensor3D;
  /** k, odd. */
  readonly kernel: number;
  readonly dilation: number;
}

/** What all kinds of filters have in common. */
export type Images = Omit<Window, 'kernel' | 'dilation'>;

/**
 * Convolves channel c of every image with the filters of channel c, padded symmetrically, without bias.
 * @param x one value [1, C, B·H·W] for all; or [T·m, C, B·H·W], one for each filter; or T values [m, C, B·H·W]
 * @param kinds T kinds of filters, each of m sets
 * @returns [T·m, C, B·H'·W'] where that is one product, else T values [m, C, B·H'·W']; H' = ⌈H/s⌉
 */
export function depthwisePlanes(
  x: readonly tf.Tensor3D[],
  kinds: readonly Kernels[],
  images: Images,
): readonly tf.Tensor3D[] {
  if (x.length === 1 && takesWholeImages(images)) return [byImages(x[0], kinds, images)];
  return kinds.map((kind, i) => {
    const own = x.length === 1 ? x[0] : x[i];
    return takesWholeImages(images) ? byImages(own, [kind], images) : byRows(own, kind, images);
  });
}

/** y = x·T with T [P, P'] = filter·bands, for every filter and channel. */
function byImages(x: tf.Tensor3D, kinds: readonly Kernels[], images: Images): tf.Tensor3D {
  const { batch } = images;
  const [groups, channels] = x.shape;
  const pixels = images.height * images.width;
  const out = outputSize(images);
  const results = out.height * out.width;
  const sizes = kinds.map(({ filters }) => filters.shape[0]);
  const sets = sizes.reduce((sum, n) => sum + n, 0);
  const bandsOf = ({ kernel, dilation }: Kernels): tf.Tensor =>
    tf.tensor3d(imageBands({ ...images, kernel, dilation }), [1, kernel * kernel, pixels * results]);
  return withGradient([x, ...kinds.map(({ filters }) => filters)], ([values, ...filters], save) => {
    const matrices = tf.reshape(
      tf.concat(
        filters.map((filter, i) => tf.matMul(filter, bandsOf(kinds[i]), true)),
        0,
      ),
      [sets, channels, pixels, results],
    );
    const input = tf.reshape(values, [groups, channels, batch, pixels]);
    save([input, matrices]);
    return {
      value: tf.reshape(tf.matMul(input, matrices), [sets, channels, batch * results]) as tf.Tensor3D,
      gradient: (dy, [savedInput, transitions]) => {
        const change = tf.reshape(dy, [sets, channels, batch, results]);
        const dx = summedToOne(tf.matMul(change, transitions, false, true), groups);
        const dMatrices = tf.reshape(tf.matMul(savedInput, change, true), [sets, channels, pixels * results]);
        return [
          tf.reshape(dx, x.shape),
          ...split(dMatrices, sizes, 0).map((part, i) => tf.matMul(bandsOf(kinds[i]), part, false, true)),
        ];
      },
    };
  });
}

/** The k rows that a row of the output sees, side by side, times [k·W, W']. The way back is of the same form. */
function byRows(x: tf.Tensor3D, { filters, kernel, dilation }: Kernels, images: Images): tf.Tensor3D {
  const window = { ...images, kernel, dilation };
  const { batch, height, width } = images;
  const [groups, channels] = x.shape;
  const [sets, taps] = filters.shape;
  const out = outputSize(images);
  const bandsOf = (back: boolean): tf.Tensor =>
    tf.tensor3d(rowBands(window, back), [1, taps, kernel * width * out.width]);
  const matricesOf = (weights: tf.Tensor, back: boolean): tf.Tensor => {
    const shape = back ? [width, kernel * out.width] : [kernel * width, out.width];
    return tf.reshape(tf.matMul(weights, bandsOf(back), true), [sets, channels, ...shape]);
  };
  return withGradient([x, filters] as const, ([values, weights], save) => {
    save([values, weights]);
    const rows = rowsBeside(values, images, rowsRead(window), kernel);
    const value = tf.matMul(rows, matricesOf(weights, false));
    return {
      value: tf.reshape(value, [sets, channels, batch * out.height * out.width]) as tf.Tensor3D,
      gradient: (dy, [input, kept]) => {
        const dRows = rowsBeside(dy, { batch, ...out }, rowsRead(window, true), kernel);
        const dx = summedToOne(tf.matMul(dRows, matricesOf(kept, true), false, true), groups);
        const inputRows = tf.reshape(input, [groups, channels, batch * height, width]);
        const dMatrices = tf.reshape(tf.matMul(inputRows, dRows, true), [sets, channels, -1]);
        return [tf.reshape(dx, x.shape), tf.matMul(bandsOf(true), dMatrices, false, true)];
      },
    };
  });
}

/** [g, C, B·H·W] → [g, C, B·rows, k·W]: the named rows of every image, k beside each other; row H is all zeros. */
function rowsBeside(
  x: tf.Tensor,
  { batch, height, width }: Omit<Images, 'stride'>,
  rows: Int32Array,
  kernel: number,
): tf.Tensor {
  const [groups, channels] = x.shape;
  const sides: [number, number][] = [
    [0, 0],
    [0, 1],
    [0, 0],
  ];
  const padded = tf.pad(tf.reshape(x, [groups * channels * batch, height, width]), sides);
  const chosen = tf.gather(padded, tf.tensor1d(rows, 'int32'), 1);
  return tf.reshape(chosen, [groups, channels, (batch * rows.length) / kernel, kernel * width]);
}

/** The gradient of one operand that all sets share. */
function summedToOne(gradient: tf.Tensor, sets: number): tf.Tensor {
  return sets < gradient.shape[0] ? tf.sum(gradient, 0, true) : gradient;
}
