/** Fast adversarial training: one FGSM step from a random start, at little more than twice the cost of clean training. */
import { z } from 'zod';
import { fastExample } from '../../attacks/searchAdversary.ts';
import { describeRamp, inPixelSteps, radiusFields, rampAt, trainingGradient } from './adversary.ts';
import { defineRecipe } from './recipe.ts';

/** Enough to tell a collapse, few enough to be taken after every epoch. */
const VALIDATION_STEPS = 10;

/**
 * δ = clip(δ0 + α·sign(∇_x CE(f(x + δ0), y)), ±ε), δ0 ~ U(−ε, ε), α = 1.25ε (Wong, Rice, Kolter 2020, algorithm 3).
 * Large α or ε can make it collapse ("catastrophic overfitting"): accuracy under PGD falls to zero within an epoch while
 * that under FGSM rises. Measure the result with PGD.
 */
export const fastAt = defineRecipe({
  id: 'fast-at',
  title: 'Fast adversarial training',
  description:
    'Learns from images perturbed by one step from a random start. Takes about twice as long as standard training.',
  source: 'Wong, Rice, Kolter 2020, Fast is Better than Free',
  adversarial: true,
  config: z.strictObject({
    ...radiusFields,
    stepSize: z.number().gt(0).max(4).default(1.25).meta({ title: 'Step size', unit: 'ε' }),
  }),
  passes: ['attackTraining'],
  images:
    ({ epsilon, ramp, stepSize }) =>
    (step) =>
      fastExample(
        step.batch.images,
        trainingGradient(step),
        { epsilon: rampAt(ramp, step.progress) * epsilon, stepSize },
        step.rng,
      ),
  validationAttack: ({ epsilon }) => ({
    norm: 'linf',
    epsilon,
    steps: VALIDATION_STEPS,
    restarts: 1,
    randomStart: true,
  }),
  describe: ({ epsilon, ramp, stepSize }) =>
    `fast-AT (FGSM with random start), L∞ ε = ${inPixelSteps(epsilon)}, 1 step of ` +
    `${inPixelSteps(stepSize * epsilon)}${describeRamp(ramp)}`,
});
