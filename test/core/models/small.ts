/** Small models for tests, run on an executor by the name of what is wanted. */
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor, HostTensors, Program, TensorSpec } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import type { tf } from '../../../core/compute/tf.ts';
import type { Forward } from '../../../core/models/forward.ts';
import type { Network, NetworkOptions } from '../../../core/models/network.ts';
import { buildNetwork } from '../../../core/models/network.ts';
import type { ModelParts } from '../../../core/models/weightBook.ts';
import { initialStatistics, initialWeights } from '../../../core/models/weights.ts';
import type { Genotype } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';
import { openForTest } from '../../helpers/executors.ts';

export const pixels = { mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] };
export const skeleton: Skeleton = { cells: 3, channels: 2, classes: 3, imageSize: 8, imageChannels: 3 };

/** Convolutions, pools and skips. */
export const genotype: Genotype = {
  normal: {
    edges: [
      { op: 'sep_conv_3x3', from: 0 },
      { op: 'skip_connect', from: 1 },
      { op: 'avg_pool_3x3', from: 1 },
      { op: 'dil_conv_3x3', from: 2 },
    ],
    concat: [2, 3],
  },
  reduce: {
    edges: [
      { op: 'max_pool_3x3', from: 0 },
      { op: 'skip_connect', from: 1 },
      { op: 'sep_conv_3x3', from: 0 },
      { op: 'skip_connect', from: 2 },
    ],
    concat: [2, 3],
  },
};

/** Images in [0, 1]; the first `count` images of a seed are the same for every count. */
export function someImages(seed: number, count: number, size = 8): HostTensor {
  const rng = createRng(seed, 'images');
  return hostTensor(
    [count, size, size, 3],
    Float32Array.from({ length: count * size * size * 3 }, () => rng.next()),
  );
}

/** Weights as training starts with, but with scales and shifts that can be told apart. */
export function someWeights(parts: ModelParts, seed: number): Record<string, HostTensor> {
  const rng = createRng(seed, 'weights');
  const weights = initialWeights(parts, rng);
  for (const [name, { data }] of Object.entries(weights)) {
    if (/\.(gamma|beta|bias)$/.test(name))
      for (let i = 0; i < data.length; i++) data[i] += 0.2 * rng.normal();
  }
  return weights;
}

/** Stored statistics unlike those of any batch. */
export function someStatistics(parts: ModelParts, seed: number): Record<string, HostTensor> {
  const rng = createRng(seed, 'statistics');
  const statistics = initialStatistics(parts);
  for (const [name, { data }] of Object.entries(statistics)) {
    for (let i = 0; i < data.length; i++)
      data[i] = name.endsWith('.mean') ? 0.3 * rng.normal() : rng.uniform(0.5, 2);
  }
  return statistics;
}

/** Evaluates a function of named tensors on an executor, without gradients. */
export async function evaluate(
  id: string,
  inputs: HostTensors,
  run: (tensors: Forward['tensors']) => Record<string, tf.Tensor>,
  executor = 'cpu',
): Promise<HostTensors> {
  const specs: Record<string, TensorSpec> = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
  );
  const program: Program = { id, inputs: specs, run };
  const compiled = await (await openForTest(executor)).compile(program);
  return compiled.run(inputs);
}

/** Largest difference of two tensors of one shape. */
export function apart(a: HostTensor, b: HostTensor): number {
  if (a.shape.join() !== b.shape.join()) throw new Error(`[${a.shape.join()}] is not [${b.shape.join()}]`);
  let largest = 0;
  a.data.forEach((v, i) => (largest = Math.max(largest, Math.abs(v - b.data[i]))));
  return largest;
}

/** The network of `genotype`. */
export function build(changes: Partial<NetworkOptions> = {}): Network {
  return buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: false, ...changes });
}

/** Logits [B, K] of a network whose weights, statistics and masks are among the inputs. */
export async function logits(
  network: Network,
  inputs: HostTensors,
  normalise: Forward['normalise'],
  dropPath = false,
): Promise<HostTensor> {
  const id = `logits ${normalise} ${dropPath} ${JSON.stringify(network.parts.masks)}`;
  const outputs = await evaluate(id, inputs, (tensors) => ({
    logits: network.apply(tensors.images as tf.Tensor4D, { tensors, normalise, dropPath }).logits,
  }));
  return outputs.logits;
}

/** Some rows of a tensor, in the order named. */
export function pick(t: HostTensor, rows: number[]): HostTensor {
  const size = t.data.length / t.shape[0];
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, i) => data.set(t.data.slice(row * size, (row + 1) * size), i * size));
  return hostTensor([rows.length, ...t.shape.slice(1)], data);
}
