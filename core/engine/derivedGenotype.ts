/** Genotypes put on record: that of a search, one that was given, and the random one that either has to beat. */
import { createRng } from '../base/rng.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { randomWithinBudget } from '../searchSpace/mutate.ts';
import type { Experiment } from './experiment.ts';
import type { OpenRun } from './run.ts';

/** @param rule by which it was derived @param strategy what it is from */
export async function recordDerived(
  run: OpenRun,
  { network }: Experiment,
  {
    genotype,
    rule,
    strategy,
  }: { readonly genotype: Genotype; readonly rule: string; readonly strategy: string },
): Promise<void> {
  const { params, macs } = countNetwork(genotype, network);
  await run.emit({ kind: 'derived', genotype, params, macs, rule, strategy });
}

/** A random genotype under the same budget. Drawn from a stream of its own. */
export async function recordBaseline(run: OpenRun, experiment: Experiment): Promise<void> {
  const genotype = randomGenotype(experiment, 'random baseline');
  await recordDerived(run, experiment, { genotype, rule: 'random draw', strategy: 'baseline' });
}

/** Drawn uniformly from those within the budget. @param stream of random numbers that it is drawn from */
export function randomGenotype({ config: { search, seed }, network }: Experiment, stream: string): Genotype {
  return randomWithinBudget(search.space, network, search.budget, createRng(seed, stream));
}
