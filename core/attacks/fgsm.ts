/** FGSM: one step of full size at the clean image. */
import type { Attack } from './attack.ts';
import { ascendRow } from './norms.ts';

/**
 * x' = x + ε·sign(∇_x CE(f(x), y)), cut to [0, 1]          Goodfellow et al. 2015, eq. in section 4
 *
 * In L2 the step is ε·g/‖g‖₂. Always one step of size ε without a random start, whatever the settings say, so that it
 * equals PGD with steps = 1, step size = ε and no random start.
 */
export const fgsm: Attack = {
  id: 'fgsm',
  title: 'FGSM',
  description:
    'One step of full size along the gradient. Quick and weak: a network may withstand it and still fall to PGD.',
  source: 'Goodfellow, Shlens, Szegedy 2015, Explaining and Harnessing Adversarial Examples',
  conditions: ({ norm, epsilon }) => ({
    norm,
    epsilon,
    steps: 1,
    stepSize: epsilon,
    restarts: 1,
    randomStart: false,
  }),
  step({ clean, current, gradient, row, pixels }, { norm, epsilon, stepSize }) {
    ascendRow(norm, clean, current, gradient, row, pixels, epsilon, stepSize);
  },
};
