/** A run without a search: the genotype that a person gave, put on record as if it had been derived. */
import { count } from '../report/format.ts';
import type { Phase } from '../runs/events.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { withinBudget } from '../searchSpace/range.ts';
import { recordBaseline, recordDerived } from './derivedGenotype.ts';
import type { Experiment } from './experiment.ts';
import type { OpenRun } from './run.ts';
import { findDerived } from './run.ts';

/**
 * Records the configuration's genotype where the run has none yet, or shall train another one now; and a random one
 * under the same budget where the plan trains a baseline that was never drawn.
 * @param phases those still open
 */
export async function recordGiven(
  run: OpenRun,
  experiment: Experiment,
  phases: readonly Phase[],
): Promise<void> {
  const { genotype } = experiment.config;
  if (genotype === undefined) return;
  const before = findDerived(run.events, 'found')?.genotype;
  if (before === undefined || (phases.includes('retrain') && !isSame(before, genotype)))
    await recordDerived(run, experiment, { genotype, rule: 'given', strategy: 'given' });
  if (phases.includes('baseline') && findDerived(run.events, 'random') === undefined) {
    await tellUnlike(run, genotype, experiment);
    await recordBaseline(run, experiment);
  }
}

/** The bounds may be those of another size of network, as where a cell that was found is trained in a larger one. */
async function tellUnlike(run: OpenRun, genotype: Genotype, { config, network }: Experiment): Promise<void> {
  const cost = countNetwork(genotype, network);
  if (withinBudget(config.search.budget, cost)) return;
  await run.emit({
    kind: 'warning',
    code: 'baseline-unlike',
    message: `The network that is trained, with ${count(cost.params)} parameters and ${count(cost.macs)} MACs, lies outside the bounds that its random baseline is drawn from.`,
    hint: 'Networks of unlike sizes say little of each other: give bounds around its size in a new experiment.',
  });
}

function isSame(a: Genotype, b: Genotype): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
