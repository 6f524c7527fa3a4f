/** What counting costs and finding reachable ranges take, apart from starting a process. */
import { createRng } from '../core/base/rng.ts';
import { countNetwork } from '../core/searchSpace/cost.ts';
import { randomGenotype } from '../core/searchSpace/mutate.ts';
import { reachableRange } from '../core/searchSpace/range.ts';
import { SPACE } from './configs.ts';
import { median, timesOf } from './measure.ts';

/** CIFAR-10 evaluation network of DARTS: 20 cells, 36 channels. */
const EVALUATION = { cells: 20, channels: 36, classes: 10, imageSize: 32, imageChannels: 3 };

export interface SearchSpaceTimes {
  /** Parameters and MACs of one genotype. */
  readonly costMs: number;
  /** Smallest and largest network of the whole space. */
  readonly rangeMs: number;
}

export async function searchSpaceTimes(): Promise<SearchSpaceTimes> {
  const genotype = randomGenotype(SPACE, createRng(1, 'genotype'));
  const repeats = { warmUps: 2, most: 30, least: 3, enoughMs: 3000 };
  return {
    costMs: median(await timesOf(() => countNetwork(genotype, EVALUATION), repeats)),
    rangeMs: median(await timesOf(() => reachableRange(SPACE, EVALUATION), repeats)),
  };
}
