/** How fast an executor is here: a whole pass over a supernet that is the same on every machine. */
import type { Executor } from '../../core/compute/executor.ts';
import { DARTS_PRIMITIVES } from '../../core/searchSpace/genotype.ts';
import type { StandardSize } from './standardSupernet.ts';
import { compileWholePass } from './wholePass.ts';

/** Whoever takes so long is not slowed down by its first run, and would keep people waiting. */
const SLOW_MS = 1000;

/**
 * @param now milliseconds
 * @returns median of three in milliseconds, after one that counts only where it takes more than a second
 */
export async function standardPass(
  executor: Executor,
  { nodes, cells, channels, imageSize, batchSize }: StandardSize,
  now: () => number,
): Promise<number> {
  const pass = await compileWholePass(executor, `pass of ${cells} cells`, {
    space: { primitives: [...DARTS_PRIMITIVES], nodes },
    skeleton: { cells, channels, imageSize, classes: 10, imageChannels: 3 },
    pixels: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    batchSize,
  });
  const timed = async (): Promise<number> => {
    const began = now();
    await pass.run();
    return now() - began;
  };
  const first = await timed();
  if (first > SLOW_MS) return first;
  const times = [await timed(), await timed(), await timed()];
  return times.sort((a, b) => a - b)[1];
}
