/** What is measured: supernets of the DARTS space in three sizes. */
import { createRng } from '../core/base/rng.ts';
import type { Executor } from '../core/compute/executor.ts';
import type { ImageSet } from '../core/datasets/imageSet.ts';
import { DARTS_PRIMITIVES } from '../core/searchSpace/genotype.ts';
import { reachableRange } from '../core/searchSpace/range.ts';
import type { SearchSpace, Skeleton, SupernetSkeleton } from '../core/searchSpace/space.ts';
import type { SearchContext } from '../core/strategies/strategy.ts';

export interface BenchConfig {
  readonly skeleton: SupernetSkeleton;
  readonly batchSize: number;
  /** Those that finish in minutes. */
  readonly executors: readonly string[];
}

/** Eight candidates, four nodes: 14 edges a cell. */
export const SPACE: SearchSpace = { primitives: [...DARTS_PRIMITIVES], nodes: 4 };

const images = { classes: 10, imageChannels: 3 };

export const CONFIGS = {
  tiny: {
    skeleton: { cells: 3, channels: 4, imageSize: 16, ...images },
    batchSize: 32,
    executors: ['onnx-cpu', 'wasm'],
  },
  small: {
    skeleton: { cells: 5, channels: 8, imageSize: 16, ...images },
    batchSize: 32,
    executors: ['onnx-cpu'],
  },
  /** The search of DARTS and E2RNAS on CIFAR-10. */
  paper: {
    skeleton: { cells: 8, channels: 16, imageSize: 32, ...images },
    batchSize: 64,
    executors: ['onnx-cpu'],
  },
} as const satisfies Record<string, BenchConfig>;

export type ConfigName = keyof typeof CONFIGS;

export function isConfigName(name: string): name is ConfigName {
  return Object.hasOwn(CONFIGS, name);
}

/** @param parts K of partial channels; 1: candidates see all of them */
export function withPartialChannels(config: BenchConfig, parts: number): BenchConfig {
  return { ...config, skeleton: { ...config.skeleton, partialChannels: parts } };
}

export const PIXELS = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

/** A search on noise: time does not depend on what the images show. */
export function benchContext({ skeleton, batchSize }: BenchConfig, executor: Executor): SearchContext {
  const count = 4 * batchSize;
  // The objective of size needs a bound; where it lies changes no tensor.
  const { minParams, maxParams } = reachableRange(SPACE, skeleton);
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    seed: 1,
    space: SPACE,
    supernet: skeleton,
    network: skeleton,
    budget: { minParams: Math.round((minParams + maxParams) / 2) },
    epochs: 50,
    batchSize,
    data: {
      images: noise(skeleton, count),
      weights: all.slice(0, count / 2),
      alphas: all.slice(count / 2),
      validation: all.slice(0, 0),
      augment: { crop: 2, flip: true, cutout: 0 },
    },
    pixels: PIXELS,
    executor,
  };
}

function noise({ imageSize, imageChannels, classes }: Skeleton, count: number): ImageSet {
  const rng = createRng(1, 'images');
  return {
    shape: [imageSize, imageSize, imageChannels],
    count,
    pixels: Uint8Array.from({ length: count * imageSize ** 2 * imageChannels }, () => rng.int(256)),
    labels: Uint16Array.from({ length: count }, (_, i) => i % classes),
    classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
  };
}
