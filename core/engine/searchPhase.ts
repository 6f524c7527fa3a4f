/** The search phase: runs the strategy to its end and records the genotype it derives, and the random baseline. */
import type { NewRunEvent } from '../runs/events.ts';
import type { Outcome } from '../runs/runner.ts';
import { collapseWarnings } from '../searchSpace/collapse.ts';
import { assertReachable } from '../searchSpace/range.ts';
import { requireSearchableCells, requireWholeParts } from '../searchSpace/topology.ts';
import { strategies } from '../strategies/index.ts';
import type { SearchProcess } from '../strategies/strategy.ts';
import { recordBaseline, recordDerived } from './derivedGenotype.ts';
import type { Experiment } from './experiment.ts';
import { searchContext } from './experiment.ts';
import type { EngineHost } from './host.ts';
import type { OpenRun } from './run.ts';
import { eventsOfPlan } from './run.ts';
import { steppedPhase } from './steppedPhase.ts';

/** The search of an experiment, ready to be stepped. @throws CellsmithError for what would only show in the end */
export function openSearch(experiment: Experiment): SearchProcess {
  const { cells, channels, partialChannels, budget, space, strategy } = experiment.config.search;
  requireSearchableCells(cells);
  requireWholeParts(channels, partialChannels);
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
      await recordDerived(run, experiment, { genotype, rule, strategy: id });
      await recordBaseline(run, experiment);
    },
  });
}
