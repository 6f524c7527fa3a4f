/** The discrete network: its two ways of normalising, statistics, the auxiliary head, odd genotypes. */
import { describe, expect, it } from 'vitest';
import type { HostTensor, HostTensors } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { tf } from '../../../core/compute/tf.ts';
import type { Forward } from '../../../core/models/forward.ts';
import type { NetworkLoss } from '../../../core/models/programs.ts';
import { networkProgram } from '../../../core/models/programs.ts';
import { initialStatistics, updateStatistics } from '../../../core/models/weights.ts';
import { openForTest } from '../../helpers/executors.ts';
import {
  apart,
  build,
  evaluate,
  logits,
  pick,
  pixels,
  skeleton,
  someImages,
  someStatistics,
  someWeights,
} from './small.ts';

describe('with stored statistics', () => {
  const network = build();
  const weights = someWeights(network.parts, 1);
  const statistics = someStatistics(network.parts, 1);

  it('every image is classified alone: neighbours and order do not matter', async () => {
    const images = someImages(1, 4);
    const all = await logits(network, { ...weights, ...statistics, images }, 'stored');
    const rows = [3, 1];
    const some = await logits(network, { ...weights, ...statistics, images: pick(images, rows) }, 'stored');
    expect(apart(some, pick(all, rows))).toBeLessThan(1e-5);
  });

  it('with the batch’s own, neighbours do matter', async () => {
    const images = someImages(1, 4);
    const all = await logits(network, { ...weights, images }, 'batch');
    const some = await logits(network, { ...weights, images: pick(images, [3, 1]) }, 'batch');
    expect(apart(some, pick(all, [3, 1]))).toBeGreaterThan(1e-3);
  });

  it('that are those of the batch, both ways agree; otherwise not', async () => {
    const images = someImages(2, 4);
    const collected: Record<string, tf.Tensor> = {};
    const outputs = await evaluate('statistics', { ...weights, images }, (tensors) => {
      const forward: Forward = { tensors, normalise: 'batch', dropPath: false, statistics: collected };
      return { logits: network.apply(tensors.images as tf.Tensor4D, forward).logits, ...collected };
    });
    expect(Object.keys(outputs).sort()).toEqual(['logits', ...Object.keys(statistics)].sort());
    // What is stored is unbiased; what the batch is divided by is not.
    const biased = Object.fromEntries(
      Object.keys(statistics).map((name) => {
        const { shape, data } = outputs[name];
        const n = name.startsWith('stem') ? 256 : countOf(name);
        const factor = name.endsWith('.variance') ? (n - 1) / n : 1;
        return [
          name,
          hostTensor(
            shape,
            Float32Array.from(data, (v) => v * factor),
          ),
        ];
      }),
    );
    const stored = await logits(network, { ...weights, ...biased, images }, 'stored');
    expect(apart(stored, outputs.logits)).toBeLessThan(1e-4);
    const others = await logits(network, { ...weights, ...statistics, images }, 'stored');
    expect(apart(others, outputs.logits)).toBeGreaterThan(1e-2);
  });
});

/** Values per channel that a normalisation of four 8×8 images averages over; it follows from where it stands. */
function countOf(name: string): number {
  const [, cell, part] = name.split('.');
  // Cells 1 and 2 reduce: their inputs are of the size before, their edges of the size after.
  const before = [8, 8, 4][Number(cell)];
  const size = part === 'edges' && Number(cell) > 0 ? before / 2 : before;
  return 4 * size * size;
}

describe('running statistics', () => {
  it('move by a tenth towards the batch, as PyTorch’s do, with the unbiased variance', async () => {
    const network = build();
    const weights = someWeights(network.parts, 3);
    const images = someImages(3, 4);
    const program = networkProgram(
      'training',
      network,
      { batchSize: 4, imageSize: 8, imageChannels: 3 },
      {
        gradients: { weights: true },
        normalise: 'batch',
        statistics: true,
        dropPath: false,
        auxiliaryWeight: 0,
      },
    );
    const executor = await openForTest('onnx-cpu');
    const labels = hostTensor([4], Int32Array.from([0, 1, 2, 0]));
    const outputs = await (await executor.compile(program)).run({ ...weights, images, labels });

    // The stem by hand: 3×3 convolution of the normalised pixels, padded with zeros.
    const values = stemByHand(images, weights['stem.conv.filter']);
    const channels = weights['stem.conv.filter'].shape[3];
    const statistics = initialStatistics(network.parts);
    updateStatistics(statistics, outputs);
    for (let c = 0; c < channels; c++) {
      const own = values.filter((_, i) => i % channels === c);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (own.length - 1);
      expect(statistics['stem.norm.mean'].data[c]).toBeCloseTo(0.1 * mean, 5);
      expect(statistics['stem.norm.variance'].data[c]).toBeCloseTo(0.9 + 0.1 * variance, 4);
    }
  });
});

function stemByHand(images: HostTensor, filter: HostTensor): number[] {
  const [count, size] = images.shape;
  const [, , inputs, outputs] = filter.shape;
  const at = (n: number, y: number, x: number, c: number) =>
    y < 0 || x < 0 || y >= size || x >= size
      ? 0
      : (images.data[((n * size + y) * size + x) * inputs + c] - pixels.mean[c]) / pixels.std[c];
  const values: number[] = [];
  for (let n = 0; n < count; n++)
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++)
        for (let o = 0; o < outputs; o++) {
          let sum = 0;
          for (let ky = 0; ky < 3; ky++)
            for (let kx = 0; kx < 3; kx++)
              for (let c = 0; c < inputs; c++)
                sum +=
                  at(n, y + ky - 1, x + kx - 1, c) * filter.data[((ky * 3 + kx) * inputs + c) * outputs + o];
          values.push(sum);
        }
  return values;
}

describe('the auxiliary head', () => {
  const large = { ...skeleton, imageSize: 32 };

  it('stands where features are 8×8 and is refused elsewhere', () => {
    expect(() => build({ auxiliary: true, skeleton: large })).not.toThrow();
    for (const imageSize of [8, 16, 64]) {
      expect(() => build({ auxiliary: true, skeleton: { ...skeleton, imageSize } })).toThrowError(
        expect.objectContaining({ code: 'auxiliary-size' }),
      );
    }
  });

  it('reads cell ⌊2L/3⌋ and gives logits in training only', async () => {
    const network = build({ auxiliary: true, skeleton: large });
    const weights = someWeights(network.parts, 5);
    const images = someImages(5, 2, 32);
    const run = async (normalise: Forward['normalise'], inputs: HostTensors) =>
      evaluate(
        `auxiliary ${normalise}`,
        inputs,
        (tensors) => {
          const { logits, auxiliaryLogits } = network.apply(tensors.images as tf.Tensor4D, {
            tensors,
            normalise,
            dropPath: false,
          });
          return { logits, ...(auxiliaryLogits ? { auxiliaryLogits } : {}) };
        },
        'onnx-cpu',
      );
    const training = await run('batch', { ...weights, images });
    expect(training.auxiliaryLogits.shape).toEqual([2, 3]);
    const evaluation = await run('stored', { ...weights, ...someStatistics(network.parts, 5), images });
    expect(Object.keys(evaluation)).toEqual(['logits']);
    const features = network.parts.weights.find(({ name }) => name === 'auxiliary.conv1.filter');
    // After two reductions 2·2·2 channels, twice in the concatenation.
    expect(features?.shape).toEqual([1, 1, 16, 128]);
  });
});

describe('a genotype that leaves something unread', () => {
  const none = { op: 'none', from: 0 } as const;
  const skip = { op: 'skip_connect', from: 1 } as const;
  const loss: NetworkLoss = {
    gradients: { weights: true, images: true },
    normalise: 'batch',
    statistics: true,
    dropPath: false,
    auxiliaryWeight: 0,
  };

  it.each(['cpu', 'onnx-cpu'])('trains on %s; the gradient of what is unread is zero', async (id) => {
    const cell = { edges: [none, skip, none, { ...none, from: 1 }], concat: [2, 3] };
    const network = build({ genotype: { normal: cell, reduce: cell } });
    const weights = someWeights(network.parts, 6);
    const program = networkProgram('unread', network, { batchSize: 2, imageSize: 8, imageChannels: 3 }, loss);
    const labels = hostTensor([2], Int32Array.from([0, 2]));
    const compiled = await (await openForTest(id)).compile(program);
    const outputs = await compiled.run({ ...weights, images: someImages(6, 2), labels });
    const length = (name: string) => Math.hypot(...outputs[`grad:${name}`].data);
    expect(outputs['grad:cells.0.preprocess0.conv.filter'].shape).toEqual(
      weights['cells.0.preprocess0.conv.filter'].shape,
    );
    expect(length('cells.0.preprocess0.conv.filter')).toBe(0);
    expect(length('cells.0.preprocess1.conv.filter')).toBeGreaterThan(0);
    expect(length('images')).toBeGreaterThan(0);
  });
});
