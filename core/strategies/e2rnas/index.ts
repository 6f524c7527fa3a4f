/** E2RNAS: bi-level search with adversarial training below and several balanced objectives above. */
import { CellsmithError } from '../../base/errors.ts';
import { checkBatches } from '../../bilevel/checkBatches.ts';
import { createMachine } from '../../bilevel/machine.ts';
import { bilevelProcess } from '../../bilevel/process.ts';
import type { PassKind } from '../../bilevel/supernetSession.ts';
import { objectives } from '../../objectives/index.ts';
import type { Intended, Misfit, Notice, SearchContext } from '../strategy.ts';
import { defineStrategy } from '../strategy.ts';
import { lowerLevelPasses, lowerLevelStep } from './lowerLevel.ts';
import { E2rnasSettings } from './settings.ts';
import { upperLevelGradient } from './upperLevel.ts';

/** Programs the alpha step uses. */
function upperLevelPasses(settings: E2rnasSettings): PassKind[] {
  const needs = settings.objectives.map(({ id }) => objectives.get(id).needs);
  const pass = needs.some((need) => need.pass);
  const passes: PassKind[] = settings.order === 'second' ? ['weights'] : [];
  if (pass)
    passes.push(...(settings.order === 'second' ? (['both', 'alphas'] as const) : (['alphas'] as const)));
  if (needs.some((need) => need.images)) passes.push('images');
  return passes;
}

/** Free adversarial training passes over each batch m times, so it gets 1/m of the epochs. */
function effectiveEpochs(context: SearchContext, settings: E2rnasSettings): number {
  return settings.adversary === 'free'
    ? Math.max(1, Math.round(context.epochs / settings.freeReplays))
    : context.epochs;
}

/** Sizes that no bound of the budget speaks of: the objective is there, but never active. */
function unboundedSizes(context: SearchContext, settings: E2rnasSettings): Notice[] {
  const { minParams, maxParams, minMacs, maxMacs } = context.budget;
  const given = {
    expectedParams: minParams !== undefined || maxParams !== undefined,
    expectedMacs: minMacs !== undefined || maxMacs !== undefined,
  };
  return settings.objectives.flatMap(({ id, config }) => {
    const held = (config.bound ?? 'both') === 'both';
    if (!held || !Object.hasOwn(given, id) || given[id as keyof typeof given]) return [];
    const quantity = id === 'expectedParams' ? 'parameters' : 'MACs';
    return [
      {
        code: 'no-bounds',
        message: `The objective '${id}' holds the bounds of the budget, and the budget has none: it never takes part.`,
        hint: `Give the budget a bound on the ${quantity} that can be reached, or choose another bound for the objective.`,
      },
    ];
  });
}

/** Objectives that lack a bound, or ask for one out of reach. */
function checkObjectives(intended: Intended, settings: E2rnasSettings): Misfit[] {
  return settings.objectives.flatMap(({ id, config }, i) => {
    try {
      objectives.get(id).create(intended, config);
      return [];
    } catch (error) {
      if (!(error instanceof CellsmithError)) throw error;
      return [{ path: ['search', 'strategy', 'config', 'objectives', String(i)], error }];
    }
  });
}

export const e2rnas = defineStrategy({
  id: 'e2rnas',
  title: 'E2RNAS',
  description:
    'Searches for a cell that is accurate, robust and small at once: the weights of the supernet are trained against an adversary, and each step of the alphas balances several objectives.',
  source: 'Yue, Lin, Huang, Zhang 2020, Effective, Efficient and Robust Neural Architecture Search',
  config: E2rnasSettings,
  check: (intended, settings) => [...checkBatches(intended), ...checkObjectives(intended, settings)],
  start(context, settings) {
    const upper = settings.objectives.map(({ id, config }) => ({
      id,
      evaluate: objectives.get(id).create(context, config),
    }));
    const epochs = effectiveEpochs(context, settings);
    const machine = createMachine({ ...context, epochs }, settings);
    const { stepsPerEpoch } = machine.batches;
    return bilevelProcess(context, {
      machine,
      notices: unboundedSizes(context, settings),
      stepsPerEpoch,
      totalSteps: stepsPerEpoch * epochs,
      passes: [...new Set([...upperLevelPasses(settings), ...lowerLevelPasses(settings)])],
      validationBatches: settings.validationBatches,
      async step() {
        const train = machine.batches.weights();
        const validation = machine.batches.alphas();
        let metrics = {};
        if (machine.epoch >= settings.archStartEpoch) {
          const above = await upperLevelGradient(machine, settings, upper, train, validation);
          machine.updateAlphas(above.gradient);
          metrics = above.metrics;
        }
        return { ...metrics, ...(await lowerLevelStep(machine, settings, train)) };
      },
    });
  },
});
