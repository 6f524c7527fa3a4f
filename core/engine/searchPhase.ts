/** The search phase: runs the strategy to its end and records the genotype it derives, and the random baseline. */
import { createRng } from '../base/rng.ts';
import type { NewRunEvent } from '../runs/events.ts';
import type { Outcome } from '../runs/runner.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import type { Genotype } from '../searchSpace/genotype.ts';
import { collapseWarnings } from '../searchSpace/collapse.ts';
import { randomWithinBudget } from '../searchSpace/mutate.ts';
import { assertReachable } from '../searchSpace/range.ts';
import { requireSearchableCells } from '../searchSpace/topology.ts';
import { strategies } from '../strategies/index.ts';
import type { SearchProcess } from '../strategies/strategy.ts';
import type { Experiment } from './experiment.ts';
import { searchContext } from './experiment.ts';
import type { EngineHost } from './host.ts';
import type { OpenRun } from './run.ts';
import { eventsOfPlan } from './run.ts';
import { steppedPhase } from './steppedPhase.ts';

/** The search of an experiment, ready to be stepped. @throws CellsmithError for what would only show in the end */
export function openSearch(experiment: Experiment): SearchProcess {
  const { cells, budget, space, strategy } = experiment.config.search;
  requireSearchableCells(cells);
  assertReachable(budget, space, experiment.network);
  return strategies.get(strategy.id).start(searchContext(experiment), strategy.config);
}

export async function searchPhase(run: OpenRun, experiment: Experiment, host: EngineHost): Promise<Outcome> {
  const { id } = experiment.config.search.strategy;
  const process = openSearch(experiment);
  // A search that goes on has told some of them already.
  const before = eventsOfPlan(run.events);
  const warned = new Set(before.flatMap((e) => (e.kind === 'warning' ? [e.code] : [])));
  const isNew = !before.some((event) => event.kind === 'phase');
  if (isNew) for (const notice of process.notices ?? []) await run.emit({ kind: 'warning', ...notice });
  return steppedPhase(run, experiment, host, {
    phase: 'search',
    process,
    afterEpoch({ genotype }): readonly NewRunEvent[] {
      if (genotype === undefined) return [];
      const fresh = collapseWarnings(genotype).filter(({ code }) => !warned.has(code));
      fresh.forEach(({ code }) => warned.add(code));
      return fresh.map((warning) => ({ kind: 'warning', ...warning }));
    },
    beforeFinish: async () => {
      const { genotype, rule } = process.derive();
      await run.emit({ kind: 'derived', genotype, ...sizeOf(genotype, experiment), rule, strategy: id });
      await drawBaseline(run, experiment);
    },
  });
}

/** Drawn uniformly from those within the budget. @param stream of random numbers that it is drawn from */
export function randomGenotype({ config: { search, seed }, network }: Experiment, stream: string): Genotype {
  return randomWithinBudget(search.space, network, search.budget, createRng(seed, stream));
}

/** A random genotype under the same budget: what the search has to beat. Drawn from a stream of its own. */
async function drawBaseline(run: OpenRun, experiment: Experiment): Promise<void> {
  const genotype = randomGenotype(experiment, 'random baseline');
  await run.emit({
    kind: 'derived',
    genotype,
    ...sizeOf(genotype, experiment),
    rule: 'random draw',
    strategy: 'baseline',
  });
}

function sizeOf(genotype: Genotype, { network }: Experiment): { params: number; macs: number } {
  const { params, macs } = countNetwork(genotype, network);
  return { params, macs };
}
