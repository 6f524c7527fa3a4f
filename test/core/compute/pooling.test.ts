/** Strided pools and convolutions against plain loops that follow PyTorch's definitions (symmetric padding). */
import { describe, expect, it } from 'vitest';
import { conv2d, depthwiseConv2d, subsample } from '../../../core/compute/ops/convolution.ts';
import { avgPool3x3, maxPool3x3 } from '../../../core/compute/ops/pooling.ts';
import type { HostTensor, TensorSpec } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { primitiveLayer } from '../../../core/models/primitives.ts';
import { createWeightBook } from '../../../core/models/weightBook.ts';
import { expectEverywhere, images, inside, outputSize, slide, sum } from './windowLoops.ts';

const BATCH = 2;
const CHANNELS = 3;

/** Sizes where windows end at the border, and where they do not. */
const SIZES = [
  [6, 6],
  [7, 7],
  [8, 5],
] as const;

describe.each(SIZES)('on %i×%i images', (height, width) => {
  const x: TensorSpec = { shape: [BATCH, height, width, CHANNELS], dtype: 'float32' };
  const filter: TensorSpec = { shape: [3, 3, CHANNELS, 1], dtype: 'float32' };
  const size = `${height}×${width}`;

  it.each([1, 2])('MaxPool2d(3, stride %i, padding 1)', (stride) =>
    expectEverywhere(
      `max ${stride} ${size}`,
      { x },
      (t) => maxPool3x3(t.x, stride),
      (feeds) => slide(images(feeds.x), { kernel: 3, stride, padding: 1 }, (w) => Math.max(...inside(w))),
    ),
  );

  it.each([1, 2])('MaxPool2d(3, stride %i, padding 1) of negative pixels: padding never wins', (stride) =>
    expectEverywhere(
      `negative max ${stride} ${size}`,
      { x },
      (t) => maxPool3x3(tf.sub(tf.neg(tf.abs(t.x)), 1), stride),
      (feeds) =>
        slide(images(feeds.x), { kernel: 3, stride, padding: 1 }, (w) =>
          Math.max(...inside(w).map((v) => -Math.abs(v) - 1)),
        ),
    ),
  );

  it.each([1, 2])('AvgPool2d(3, stride %i, padding 1, count_include_pad=False)', (stride) =>
    expectEverywhere(
      `average ${stride} ${size}`,
      { x },
      (t) => avgPool3x3(t.x, stride),
      (feeds) =>
        slide(images(feeds.x), { kernel: 3, stride, padding: 1 }, (w) => sum(inside(w)) / inside(w).length),
    ),
  );

  it.each([1, 2])('depthwise Conv2d(3, stride %i, padding 1)', (stride) =>
    expectEverywhere(
      `depthwise ${stride} ${size}`,
      { x, filter },
      (t) => depthwiseConv2d(t.x, t.filter, stride),
      (feeds) =>
        slide(images(feeds.x), { kernel: 3, stride, padding: 1 }, (w, c) =>
          sum(w.map((v = 0, k) => v * feeds.filter.data[k * CHANNELS + c])),
        ),
    ),
  );

  it('depthwise Conv2d(3, padding 2, dilation 2)', () =>
    expectEverywhere(
      `dilated ${size}`,
      { x, filter },
      (t) => depthwiseConv2d(t.x, t.filter, 1, 2),
      (feeds) =>
        slide(images(feeds.x), { kernel: 3, stride: 1, padding: 2, dilation: 2 }, (w, c) =>
          sum(w.map((v = 0, k) => v * feeds.filter.data[k * CHANNELS + c])),
        ),
    ));

  it('x[:, ::2, ::2]', () =>
    expectEverywhere(
      `subsample ${size}`,
      { x },
      (t) => subsample(t.x, 2),
      (feeds) => slide(images(feeds.x), { kernel: 1, stride: 2, padding: 0 }, ([v = NaN]) => v),
    ));

  it.each([3, 5])(
    'dil_conv, kernel %i, stride 2: ReLU, dilated and strided depthwise, pointwise',
    (kernel) => {
      const book = createWeightBook();
      const op = kernel === 3 ? 'dil_conv_3x3' : 'dil_conv_5x5';
      const layer = primitiveLayer(book, 'op', op, CHANNELS, 2, 'plain');
      const specs = Object.fromEntries(
        book.weights.map(({ name, shape, dtype }) => [name, { shape, dtype }]),
      );
      return expectEverywhere(
        `${op} ${size}`,
        { x, ...specs },
        (t) => layer?.(t.x, { tensors: t, normalise: 'batch', dropPath: false }) as tf.Tensor4D,
        (feeds) => {
          const [depthwise, pointwise] = ['op.depthwise.filter', 'op.pointwise.filter'].map(
            (name) => feeds[name].data,
          );
          const active = images({
            ...feeds.x,
            data: feeds.x.data.map((v) => Math.max(0, v)) as Float32Array,
          });
          const geometry = { kernel, stride: 2, padding: kernel - 1, dilation: 2 };
          const seen = slide(active, geometry, (w, c) =>
            sum(w.map((v = 0, k) => v * depthwise[k * CHANNELS + c])),
          );
          return normalised(mixed(seen, pointwise));
        },
      );
    },
  );
});

/** A pointwise convolution. @param filter [C, C] */
function mixed(x: HostTensor, filter: ArrayLike<number>): HostTensor {
  const data = x.data.map((_, i) => {
    const [pixel, to] = [i - (i % CHANNELS), i % CHANNELS];
    return sum(
      Array.from({ length: CHANNELS }, (_v, from) => x.data[pixel + from] * filter[from * CHANNELS + to]),
    );
  });
  return { ...x, data: data as Float32Array };
}

/** Batch normalisation without γ and β. */
function normalised(x: HostTensor): HostTensor {
  const ofChannel = (c: number): number[] => [...x.data].filter((_, i) => i % CHANNELS === c);
  const moments = Array.from({ length: CHANNELS }, (_, c) => {
    const values = ofChannel(c);
    const mean = sum(values) / values.length;
    return { mean, variance: sum(values.map((v) => (v - mean) ** 2)) / values.length };
  });
  const data = x.data.map((v, i) => {
    const { mean, variance } = moments[i % CHANNELS];
    return (v - mean) / Math.sqrt(variance + 1e-5);
  });
  return { ...x, data: data as Float32Array };
}

describe('depthwiseConv2d', () => {
  it('refuses stride and dilation at once, which no backend computes', async () => {
    await tf.setBackend('cpu');
    const [x, filter] = [tf.zeros([1, 6, 6, 1]), tf.zeros([3, 3, 1, 1])] as [tf.Tensor4D, tf.Tensor4D];
    expect(() => depthwiseConv2d(x, filter, 2, 2)).toThrow('take a subsample instead');
    tf.dispose([x, filter]);
  });
});

describe('conv2d', () => {
  it.each([
    [
      [1, 7],
      [1, 2],
    ],
    [
      [7, 1],
      [2, 1],
    ],
  ] as const)('pads a kernel of %j symmetrically at strides %j', async (kernel, strides) => {
    const inputs: Record<string, TensorSpec> = {
      x: { shape: [1, 8, 7, 1], dtype: 'float32' },
      filter: { shape: [...kernel, 1, 1], dtype: 'float32' },
    };
    await expectEverywhere(
      `conv ${kernel.join('×')}`,
      inputs,
      (t) => conv2d(t.x, t.filter, strides),
      (feeds) => {
        const x = images(feeds.x);
        const [h, w] = [8, 7].map((size, i) => outputSize(size, kernel[i], strides[i], (kernel[i] - 1) / 2));
        const y = Float32Array.from({ length: h * w }, (_, i) =>
          sum(
            [...feeds.filter.data].map((weight, k) => {
              const row = Math.floor(i / w) * strides[0] - (kernel[0] - 1) / 2 + (kernel[0] > 1 ? k : 0);
              const column = (i % w) * strides[1] - (kernel[1] - 1) / 2 + (kernel[1] > 1 ? k : 0);
              return weight * (x.at(0, row, column, 0) ?? 0);
            }),
          ),
        );
        return hostTensor([1, h, w, 1], y);
      },
    );
  });
});
