/** Cross-entropy on the split for alphas: clean, and under attack. */
import { z } from 'zod';
import { fgsmExample, oneStepFields } from '../attacks/searchAdversary.ts';
import type { ObjectivePass, ObjectiveValue } from './objective.ts';
import { defineObjective } from './objective.ts';

function value(pass: ObjectivePass, name: 'validation' | 'adversarialValidation'): ObjectiveValue {
  return {
    loss: pass.loss,
    alphas: pass.alphas,
    ...(pass.weights === undefined ? {} : { weights: pass.weights }),
    metrics: { [`${name}Loss`]: pass.loss, [`${name}Accuracy`]: pass.correct / pass.count },
  };
}

export const validationLoss = defineObjective({
  id: 'validationLoss',
  title: 'Validation loss',
  description: 'Accuracy: the cross-entropy on the images set aside for the alphas.',
  source: 'Liu et al. 2019 (DARTS), eq. 3',
  config: z.strictObject({}),
  needs: { pass: true, images: false },
  create: () => async (point) => value(await point.pass(point.images), 'validation'),
});

export const adversarialValidationLoss = defineObjective({
  id: 'adversarialValidationLoss',
  title: 'Adversarial validation loss',
  description:
    'Robustness: the same loss on images perturbed by one step. Costs two more passes at every step.',
  source: 'Yue et al. 2020 (E2RNAS), the variant with three objectives',
  config: z.strictObject(oneStepFields),
  needs: { pass: true, images: true },
  create:
    (_context, { epsilon, stepSize }) =>
    async (point) => {
      const gradient = await point.imageGradient(point.images);
      const images = fgsmExample(point.images, gradient, { epsilon, stepSize }, point.rng);
      return value(await point.pass(images), 'adversarialValidation');
    },
});
