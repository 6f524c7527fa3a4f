/** PGD: many small steps, each projected back onto the ball. */
import type { Attack } from './attack.ts';
import { ascendRow } from './norms.ts';

/** 2.5·ε/steps: enough to cross the ball and come back (Madry et al. 2018, section 5). */
export function defaultStepSize(epsilon: number, steps: number): number {
  return (2.5 * epsilon) / steps;
}

/**
 * x_{k+1} = Π( x_k + α·sign(∇_x CE(f(x_k), y)) )          Madry et al. 2018, section 2.1; L2: g/‖g‖₂ for the sign
 *
 * Without a random start all restarts would be the same, so there is one. Default step size 2.5·ε/steps.
 */
export const pgd: Attack = {
  id: 'pgd',
  title: 'PGD',
  description:
    'Many small steps, each projected back onto the ball, from a random start. The measure of robustness here; more steps and restarts make it stronger.',
  source:
    'Madry, Makelov, Schmidt, Tsipras, Vladu 2018, Towards Deep Learning Models Resistant to Adversarial Attacks',
  conditions: ({ norm, epsilon, steps, stepSize, restarts, randomStart }) => ({
    norm,
    epsilon,
    steps,
    stepSize: stepSize ?? defaultStepSize(epsilon, steps),
    restarts: randomStart ? restarts : 1,
    randomStart,
  }),
  step({ clean, current, gradient, row, pixels }, { norm, epsilon, stepSize }) {
    ascendRow(norm, clean, current, gradient, row, pixels, epsilon, stepSize);
  },
};
