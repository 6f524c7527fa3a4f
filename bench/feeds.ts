/** What a pass over a supernet is fed: first weights, first alphas, noise. */
import { createRng } from '../core/base/rng.ts';
import { initialAlphas } from '../core/bilevel/alphas.ts';
import type { HostTensors } from '../core/compute/program.ts';
import { hostTensor } from '../core/compute/program.ts';
import type { Supernet } from '../core/models/supernet/supernet.ts';
import { initialWeights } from '../core/models/weights.ts';
import type { BenchConfig } from './configs.ts';

export function feedsOf(supernet: Supernet, { skeleton, batchSize }: BenchConfig): HostTensors {
  const { imageSize, imageChannels, classes } = skeleton;
  const rng = createRng(1, 'feeds');
  const shape = [batchSize, imageSize, imageSize, imageChannels];
  const pixels = Float32Array.from({ length: batchSize * imageSize ** 2 * imageChannels }, () => rng.next());
  return {
    ...initialWeights(supernet.parts, rng),
    ...initialAlphas(supernet.alphas.shape, rng),
    images: hostTensor(shape, pixels),
    labels: hostTensor(
      [batchSize],
      Int32Array.from({ length: batchSize }, (_, i) => i % classes),
    ),
  };
}
