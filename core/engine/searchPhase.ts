/** The search phase: runs the strategy to its end and records the genotype it derives, and the random baseline. */
import { createRng } from '../base/rng.ts';
import type { NewRunEvent } from '../runs/events.ts';
import type { Outcome } from '../runs/runner.ts';
import { countNetwork } from '../searchSpace/cost.ts';
import { collapseWarnings } from '../searchSpace/collapse.ts';
import { randomWithinBudget } from '../searchSpace/mutate.ts';
import { assertReachable } from '../searchSpace/range.ts';
import { requireSearchableCells } from '../searchSpace/topology.ts';
import { strategies } from '../strategies/index.ts';
import type { Experiment } from './experiment.ts';
import { searchContext } from './experiment.ts';
import type { EngineHost } from './host.ts';
import type { OpenRun } from './run.ts';
import { eventsOfPlan } from './run.ts';
import { steppedPhase } from './steppedPhase.ts';

export async function searchPhase(run: OpenRun, experiment: Experiment, host: EngineHost): Promise<Outcome> {
  const { config } = experiment;
  // Before any work: these would show in the end only.
  requireSearchableCells(config.search.cells);
  assertReachable(config.search.budget, config.search.space, experiment.network);
  const { id, config: settings } = config.search.strategy;
  const process = strategies.get(id).start(searchContext(experiment), settings);
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

/** A random genotype under the same budget: what the search has to beat. Drawn from a stream of its own. */
async function drawBaseline(run: OpenRun, experiment: Experiment): Promise<void> {
  const { search, seed } = experiment.config;
  const rng = createRng(seed, 'random baseline');
  const genotype = randomWithinBudget(search.space, experiment.network, search.budget, rng);
  await run.emit({
    kind: 'derived',
    genotype,
    ...sizeOf(genotype, experiment),
    rule: 'random draw',
    strategy: 'baseline',
  });
}

function sizeOf(
  genotype: Parameters<typeof countNetwork>[0],
  { network }: Experiment,
): { params: number; macs: number } {
  const { params, macs } = countNetwork(genotype, network);
  return { params, macs };
}
