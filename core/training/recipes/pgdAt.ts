/** PGD adversarial training: the weights learn from the result of several projected steps. */
import { z } from 'zod';
import { perturb } from '../../attacks/perturb.ts';
import { defaultStepSize, pgd } from '../../attacks/pgd.ts';
import { describeRamp, inPixelSteps, radiusFields, rampAt, trainingGradient } from './adversary.ts';
import { defineRecipe } from './recipe.ts';

/**
 * min_w E[ max_{‖δ‖∞ ≤ ε} CE(f(x + δ; w), y) ], the maximum by PGD from a random start (Madry et al. 2018, eq. 2.1).
 * While ε is ramped up the step size is scaled with it.
 */
export const pgdAt = defineRecipe({
  id: 'pgd-at',
  title: 'PGD adversarial training',
  description:
    'Learns from images perturbed by several projected steps. The most robust, and slower by about the number of steps.',
  source: 'Madry, Makelov, Schmidt, Tsipras, Vladu 2018',
  adversarial: true,
  config: z.strictObject({
    ...radiusFields,
    steps: z.int().min(1).max(100).default(7).meta({ title: 'Steps' }),
    stepSize: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .meta({ title: 'Step size', unit: 'pixel value in [0, 1]', description: '2.5·ε/steps where left out' }),
  }),
  passes: ['attackTraining'],
  images: ({ epsilon, ramp, steps, stepSize }) => {
    const fullStep = stepSize ?? defaultStepSize(epsilon, steps);
    return (step) => {
      const share = rampAt(ramp, step.progress);
      return perturb(
        pgd,
        step.batch.images,
        trainingGradient(step),
        {
          norm: 'linf',
          epsilon: share * epsilon,
          steps,
          stepSize: share * fullStep,
          restarts: 1,
          randomStart: true,
        },
        step.rng,
      );
    };
  },
  validationAttack: ({ epsilon, steps, stepSize }) => ({
    norm: 'linf',
    epsilon,
    steps,
    stepSize,
    restarts: 1,
    randomStart: true,
  }),
  describe: ({ epsilon, ramp, steps, stepSize }) =>
    `PGD-AT, L∞ ε = ${inPixelSteps(epsilon)}, ${steps} ${steps === 1 ? 'step' : 'steps'} of ` +
    `${inPixelSteps(stepSize ?? defaultStepSize(epsilon, steps))}, random start${describeRamp(ramp)}`,
});
