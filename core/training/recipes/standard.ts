/** Training on the images as they are. */
import { z } from 'zod';
import { defineRecipe } from './recipe.ts';

export const standard = defineRecipe({
  id: 'standard',
  title: 'Standard training',
  description: 'Learns from the images as they are. Best on clean images; hardly robust.',
  source: 'Liu et al. 2019 (DARTS), evaluation of architectures',
  adversarial: false,
  config: z.strictObject({}),
  passes: [],
  images: () => async (step) => step.batch.images,
  describe: () => 'standard training on clean images',
});
