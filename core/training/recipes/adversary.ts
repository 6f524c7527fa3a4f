/** What the adversarial recipes have in common: the radius, its ramp, and words for both. */
import { z } from 'zod';
import type { HostTensor } from '../../compute/program.ts';
import type { ImageGradient } from '../../attacks/perturb.ts';
import type { RecipeStep } from './recipe.ts';

export const radiusFields = {
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(8 / 255)
    .meta({ title: 'Radius ε', unit: 'pixel value in [0, 1], L∞' }),
  ramp: z.number().min(0).max(1).default(0).meta({
    title: 'Ramp of ε',
    description: 'share of the training over which ε rises linearly from 0; 0 = off',
  }),
};

/** Share of the radius in use, in [0, 1]. @param progress share of all steps done */
export function rampAt(ramp: number, progress: number): number {
  return progress < ramp ? progress / ramp : 1;
}

/** ∇_x of the training loss while the network normalises by the batch, as it does when it learns from the images. */
export function trainingGradient({ session, batch }: RecipeStep): ImageGradient {
  return async (images): Promise<HostTensor> => {
    const pass = await session.pass('attackTraining', { images, labels: batch.labels });
    if (pass.images === undefined)
      throw new Error('the attackTraining pass returned no gradient of the images');
    return pass.images;
  };
}

/** '8/255', '2.5/255'; at most two decimals. */
export function inPixelSteps(value: number): string {
  return `${Number((value * 255).toFixed(2))}/255`;
}

/** ', ε ramped up over the first 10 %', or nothing. */
export function describeRamp(ramp: number): string {
  return ramp > 0 ? `, ε ramped up over the first ${Number((ramp * 100).toFixed(1))} %` : '';
}
