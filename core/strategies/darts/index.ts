/** DARTS: differentiable architecture search, first and second order. */
import { z } from 'zod';
import { checkBatches } from '../../bilevel/checkBatches.ts';
import { createMachine } from '../../bilevel/machine.ts';
import { bilevelProcess } from '../../bilevel/process.ts';
import { bilevelFields } from '../../bilevel/settings.ts';
import { dartsAlphaGradient } from './architect.ts';
import { defineStrategy } from '../strategy.ts';

export const darts = defineStrategy({
  id: 'darts',
  title: 'DARTS',
  description:
    'Searches for accuracy alone: weights and alphas of one supernet learn by turns, on images of their own. Its genotype keeps to the budget, but the search does not aim at it.',
  source: 'Liu, Simonyan, Yang 2019, DARTS: Differentiable Architecture Search',
  config: z.strictObject(bilevelFields),
  check: checkBatches,
  start(context, settings) {
    const machine = createMachine(context, settings);
    const { stepsPerEpoch } = machine.batches;
    return bilevelProcess(context, {
      machine,
      stepsPerEpoch,
      totalSteps: stepsPerEpoch * context.epochs,
      passes: settings.order === 'second' ? ['weights', 'both', 'alphas'] : ['weights', 'alphas'],
      validationBatches: settings.validationBatches,
      async step() {
        const train = machine.batches.weights();
        const validation = machine.batches.alphas();
        const alphaMetrics =
          machine.epoch < settings.archStartEpoch ? {} : await alphaStep(train, validation);
        const pass = await machine.session.pass('weights', machine, train);
        const learningRate = machine.learningRate;
        const gradNorm = machine.updateWeights(pass.weights);
        return {
          ...alphaMetrics,
          trainLoss: pass.loss,
          trainAccuracy: pass.correct / pass.count,
          learningRate,
          gradNorm,
        };
      },
    });

    async function alphaStep(
      ...batches: Parameters<typeof dartsAlphaGradient> extends [unknown, unknown, ...infer R] ? R : never
    ) {
      const { gradient, loss, accuracy } = await dartsAlphaGradient(machine, settings, ...batches);
      machine.updateAlphas(gradient);
      return { validationLoss: loss, validationAccuracy: accuracy };
    }
  },
});
