/** What a search is timed on: noise, since time does not depend on what images show. */
import { createRng } from '../../core/base/rng.ts';
import type { Executor } from '../../core/compute/executor.ts';
import type { ImageSet } from '../../core/datasets/imageSet.ts';
import type { PixelStatistics } from '../../core/models/skeleton.ts';
import { reachableRange } from '../../core/searchSpace/range.ts';
import type { SearchSpace, Skeleton, SupernetSkeleton } from '../../core/searchSpace/space.ts';
import type { SearchContext } from '../../core/strategies/strategy.ts';

export const NOISE_PIXELS: PixelStatistics = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

export interface NoiseSearch {
  readonly space: SearchSpace;
  readonly skeleton: SupernetSkeleton;
  readonly batchSize: number;
}

export function noiseSearch({ space, skeleton, batchSize }: NoiseSearch, executor: Executor): SearchContext {
  const count = 4 * batchSize;
  // The objective of size needs a bound; where it lies changes no tensor.
  const { minParams, maxParams } = reachableRange(space, skeleton);
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    seed: 1,
    space,
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
    pixels: NOISE_PIXELS,
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
