/** Random search: genotypes drawn under the same budget. The baseline that every report shows. */
import { z } from 'zod';
import { createRng, restoreRng } from '../../base/rng.ts';
import type { RngState } from '../../base/rng.ts';
import { countNetwork } from '../../searchSpace/cost.ts';
import type { Genotype } from '../../searchSpace/genotype.ts';
import { randomWithinBudget } from '../../searchSpace/mutate.ts';
import { defineStrategy } from '../strategy.ts';

interface SavedRandom {
  readonly position: number;
  readonly rng: RngState;
  readonly drawn: readonly Genotype[];
  readonly chosen: number;
}

/**
 * Each step draws one genotype within the budget; one of all drawn is chosen, uniformly.
 * Differs: Li and Talwalkar 2019 rank their draws by a shared supernet; an unranked draw is the baseline that asks
 * whether the search did more than the space and the budget.
 */
export const random = defineStrategy({
  id: 'random',
  title: 'Random genotype',
  description:
    'Draws genotypes within the budget and takes one of them at random. Costs nothing, and is what every search has to beat.',
  source:
    'Li, Talwalkar 2019, Random Search and Reproducibility for Neural Architecture Search (without ranking)',
  config: z.strictObject({
    samples: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .meta({ title: 'Genotypes drawn', description: 'their sizes are reported; one is chosen at random' }),
  }),
  start(context, { samples }) {
    let rng = createRng(context.seed, 'random genotypes');
    let drawn: Genotype[] = [];
    let chosen = 0;
    return {
      stepsPerEpoch: samples,
      totalSteps: samples,
      get position() {
        return drawn.length;
      },
      prepare: () => Promise.resolve(),
      step() {
        const genotype = randomWithinBudget(context.space, context.network, context.budget, rng);
        drawn.push(genotype);
        // Reservoir sampling: every draw is equally likely to be the one kept.
        if (rng.int(drawn.length) === 0) chosen = drawn.length - 1;
        const { params, macs } = countNetwork(genotype, context.network);
        return Promise.resolve({ params, macs });
      },
      report() {
        const genotype = drawn[chosen];
        const { params } = countNetwork(genotype, context.network);
        return Promise.resolve({ metrics: { drawn: drawn.length }, genotype, params });
      },
      derive: () => ({ genotype: drawn[chosen], rule: 'random draw' }),
      save: (): { tensors: Record<string, never>; state: SavedRandom } => ({
        tensors: {},
        state: { position: drawn.length, rng: rng.state(), drawn: [...drawn], chosen },
      }),
      restore({ state }) {
        const saved = state as SavedRandom;
        rng = restoreRng(saved.rng);
        drawn = [...saved.drawn];
        chosen = saved.chosen;
      },
    };
  },
});
