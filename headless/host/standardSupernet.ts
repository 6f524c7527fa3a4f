/** The supernets by which executors are timed: all eight candidates of DARTS. */
import { DARTS_PRIMITIVES } from '../../core/searchSpace/genotype.ts';
import type { NoiseSearch } from './noiseSearch.ts';

export interface StandardSize {
  readonly nodes: number;
  readonly cells: number;
  readonly channels: number;
  readonly imageSize: number;
  readonly batchSize: number;
}

/** Small enough for every executor. */
export const STANDARD: StandardSize = { nodes: 2, cells: 3, channels: 4, imageSize: 16, batchSize: 16 };

/**
 * Large enough to tell what a search takes: on the small one a graphics card spends its time on starting kernels. Takes
 * about a gigabyte.
 */
export const LARGE: StandardSize = { nodes: 4, cells: 5, channels: 16, imageSize: 16, batchSize: 32 };

export function standardSearch({ nodes, cells, channels, imageSize, batchSize }: StandardSize): NoiseSearch {
  return {
    space: { primitives: [...DARTS_PRIMITIVES], nodes },
    skeleton: { cells, channels, imageSize, classes: 10, imageChannels: 3 },
    batchSize,
  };
}

/** Whoever takes longer for the small one is not asked for the large one: it would take minutes. */
const SLOW_MS = 500;

export function isWorthLarge(standardPassMs: number): boolean {
  return standardPassMs <= SLOW_MS;
}
