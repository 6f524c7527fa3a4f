/** How fast an executor is here: a whole pass over one small supernet, the same on every machine. */
import { createRng } from '../../core/base/rng.ts';
import { initialAlphas } from '../../core/bilevel/alphas.ts';
import type { Executor } from '../../core/compute/executor.ts';
import { hostTensor } from '../../core/compute/program.ts';
import { supernetProgram } from '../../core/models/programs.ts';
import { buildSupernet } from '../../core/models/supernet/supernet.ts';
import { initialWeights } from '../../core/models/weights.ts';
import { DARTS_PRIMITIVES } from '../../core/searchSpace/genotype.ts';
import { STANDARD } from './standardSupernet.ts';

const CLASSES = 10;
/** Whoever takes so long is not slowed down by its first run, and would keep people waiting. */
const SLOW_MS = 1000;

/**
 * Forward and backward pass with the gradients of all weights, both alphas and the images.
 * @param now milliseconds
 * @returns median of three in milliseconds, after one that counts only where it takes more than a second
 */
export async function standardPass(executor: Executor, now: () => number): Promise<number> {
  const { nodes, cells, channels, imageSize, batchSize } = STANDARD;
  const space = { primitives: [...DARTS_PRIMITIVES], nodes };
  const skeleton = { cells, channels, imageSize, classes: CLASSES, imageChannels: 3 };
  const supernet = buildSupernet(space, skeleton, { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] });
  const all = { weights: true, alphas: true, images: true };
  const batch = { batchSize, imageSize, imageChannels: 3 };
  const pass = await executor.compile(supernetProgram('standard pass', supernet, batch, all));
  const rng = createRng(1, 'standard pass');
  const pixels = Float32Array.from({ length: batchSize * imageSize ** 2 * 3 }, () => rng.next());
  const feeds = {
    ...initialWeights(supernet.parts, rng),
    ...initialAlphas(supernet.alphas.shape, rng),
    images: hostTensor([batchSize, imageSize, imageSize, 3], pixels),
    labels: hostTensor(
      [batchSize],
      Int32Array.from({ length: batchSize }, (_, i) => i % CLASSES),
    ),
  };
  const timed = async (): Promise<number> => {
    const began = now();
    await pass.run(feeds);
    return now() - began;
  };
  const first = await timed();
  if (first > SLOW_MS) return first;
  const times = [await timed(), await timed(), await timed()];
  return times.sort((a, b) => a - b)[1];
}
