/** What is measured: supernets of the DARTS space in three sizes. */
import type { Executor } from '../core/compute/executor.ts';
import { DARTS_PRIMITIVES } from '../core/searchSpace/genotype.ts';
import type { SearchSpace, SupernetSkeleton } from '../core/searchSpace/space.ts';
import type { SearchContext } from '../core/strategies/strategy.ts';
import { noiseSearch } from '../headless/host/noiseSearch.ts';

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

/** A search on noise. */
export function benchContext({ skeleton, batchSize }: BenchConfig, executor: Executor): SearchContext {
  return noiseSearch({ space: SPACE, skeleton, batchSize }, executor);
}
