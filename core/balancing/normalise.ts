/** Bringing gradients of unlike objectives to comparable lengths before they are balanced. */

/** `none` 1, `l2` ‖g‖₂, `loss` |ℓ|, `loss+` |ℓ|·‖g‖₂ (MGDA's code, Sener and Koltun 2018). */
export const GRADIENT_NORMALISATIONS = ['none', 'l2', 'loss', 'loss+'] as const;
export type GradientNormalisation = (typeof GRADIENT_NORMALISATIONS)[number];

/** Keeps a vanishing gradient or loss from being divided by zero. */
const FLOOR = 1e-7;

/**
 * What a gradient is divided by, > 0.
 * Differs: the absolute value of the loss, so that a negative one does not turn its gradient round.
 * @param squaredLength ‖g‖₂²
 */
export function divisor(normalisation: GradientNormalisation, squaredLength: number, loss: number): number {
  const length = Math.sqrt(squaredLength);
  switch (normalisation) {
    case 'none':
      return 1;
    case 'l2':
      return length + FLOOR;
    case 'loss':
      return Math.abs(loss) + FLOOR;
    case 'loss+':
      return Math.abs(loss) * length + FLOOR;
  }
}
