/** A run without a search: the genotype that a person gave, put on record as if it had been derived. */
import type { Phase } from '../runs/events.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
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
  if (phases.includes('baseline') && findDerived(run.events, 'random') === undefined)
    await recordBaseline(run, experiment);
}

function isSame(a: Genotype, b: Genotype): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
