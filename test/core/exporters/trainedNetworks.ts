/** Small networks with random weights, as if trained, that between them use every operation. */
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { tf } from '../../../core/compute/tf.ts';
import { exportedNetwork } from '../../../core/exporters/exportedNetwork.ts';
import type { ExportInput, VerifySample } from '../../../core/exporters/exporter.ts';
import { buildNetwork } from '../../../core/models/network.ts';
import { inferenceProgram } from '../../../core/models/programs.ts';
import { initialWeights } from '../../../core/models/weights.ts';
import type { CellGenotype, Genotype, PrimitiveId } from '../../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../../core/searchSpace/space.ts';

/** `cell('sep_conv_3x3 0', 'skip_connect 1', …)`; concatenates all nodes unless told otherwise. */
export function cell(edges: readonly string[], concat?: readonly number[]): CellGenotype {
  return {
    edges: edges.map((edge) => {
      const [op, from] = edge.split(' ');
      return { op: op as PrimitiveId, from: Number(from) };
    }),
    concat: [...(concat ?? edges.slice(edges.length / 2).map((_, node) => node + 2))],
  };
}

export interface TestNetwork {
  readonly title: string;
  readonly genotype: Genotype;
  readonly skeleton: Skeleton;
}

export const NETWORKS: readonly TestNetwork[] = [
  {
    title: 'the eight operations of DARTS, at both strides',
    genotype: {
      normal: cell([
        ...['max_pool_3x3 0', 'avg_pool_3x3 1', 'skip_connect 0', 'sep_conv_3x3 1'],
        ...['sep_conv_5x5 2', 'dil_conv_3x3 0', 'dil_conv_5x5 3', 'none 1'],
      ]),
      reduce: cell([
        ...['max_pool_3x3 0', 'avg_pool_3x3 1', 'skip_connect 0', 'skip_connect 2'],
        ...['sep_conv_3x3 1', 'dil_conv_3x3 0', 'dil_conv_5x5 1', 'sep_conv_5x5 0'],
      ]),
    },
    skeleton: { cells: 3, channels: 4, classes: 5, imageSize: 16, imageChannels: 3 },
  },
  {
    title: "NASNet's operations, an empty node and grey images",
    genotype: {
      normal: cell(['sep_conv_7x7 0', 'conv_7x1_1x7 1', 'none 0', 'none 1'], [3, 2, 0]),
      reduce: cell(['conv_7x1_1x7 0', 'sep_conv_7x7 1', 'none 0', 'none 2'], [2, 3]),
    },
    skeleton: { cells: 4, channels: 6, classes: 2, imageSize: 8, imageChannels: 1 },
  },
  {
    title: 'nothing but skips and pools',
    genotype: {
      normal: cell(['skip_connect 0', 'skip_connect 1', 'avg_pool_3x3 2', 'max_pool_3x3 0'], [3]),
      reduce: cell(['skip_connect 1', 'max_pool_3x3 1', 'avg_pool_3x3 0', 'none 0']),
    },
    skeleton: { cells: 3, channels: 2, classes: 3, imageSize: 12, imageChannels: 3 },
  },
];

/** Random weights; statistics that are neither 0 nor 1; logits of the order of 1. */
export function trained({ title, genotype, skeleton }: TestNetwork, seed = 1): ExportInput {
  const rng = createRng(seed, 'trained network');
  const channels = skeleton.imageChannels;
  const pixels = {
    mean: [0.4914, 0.5, 0.25].slice(0, channels),
    std: [0.2, 0.25, 1].slice(0, channels),
  };
  const { parts } = buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: false });
  const weights = initialWeights(parts, rng);
  const spread = (tensor: HostTensor, low: number, high: number): HostTensor =>
    hostTensor(
      tensor.shape,
      Float32Array.from(tensor.data, () => rng.uniform(low, high)),
    );
  for (const [name, tensor] of Object.entries(weights)) {
    if (name.endsWith('.gamma')) weights[name] = spread(tensor, 0.5, 1);
    if (name.endsWith('.beta') || name.endsWith('.bias')) weights[name] = spread(tensor, -0.3, 0.3);
  }
  const statistics = Object.fromEntries(
    parts.statistics.flatMap(({ name, channels: size }) => {
      const vector = hostTensor([size], new Float32Array(size));
      return [
        [`${name}.mean`, spread(vector, -0.2, 0.2)],
        [`${name}.variance`, spread(vector, 0.8, 2.5)],
      ];
    }),
  );
  const classes = Array.from({ length: skeleton.classes }, (_, k) => `class "${k}" of ${title}`);
  return { name: title, genotype, skeleton, pixels, weights, statistics, classes };
}

/** Random images and labels. */
export function randomSample({ skeleton }: ExportInput, count: number, seed = 2): VerifySample {
  const rng = createRng(seed, 'images');
  const { imageSize, imageChannels, classes } = skeleton;
  return {
    images: Float32Array.from({ length: count * imageSize * imageSize * imageChannels }, () => rng.next()),
    labels: Int32Array.from({ length: count }, () => Math.floor(rng.next() * classes)),
    count,
  };
}

/** Logits straight from the network's program on the plain JavaScript backend: nothing recorded, nothing lowered. */
export async function eagerLogits(
  input: ExportInput,
  images: Float32Array,
  count: number,
): Promise<Float32Array> {
  const { imageSize, imageChannels } = input.skeleton;
  const { network, tensors } = exportedNetwork(input);
  const batch = { batchSize: count, imageSize, imageChannels };
  const before: string | undefined = tf.getBackend();
  await tf.setBackend('cpu');
  const logits = tf.tidy(() => {
    const weights = Object.fromEntries(
      Object.entries(tensors).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
    );
    const feeds = { ...weights, images: tf.tensor(images, [count, imageSize, imageSize, imageChannels]) };
    return inferenceProgram('eager', network, batch).run(feeds).logits;
  });
  const data = await logits.data<'float32'>();
  logits.dispose();
  if (before !== undefined) await tf.setBackend(before);
  return Float32Array.from(data);
}
