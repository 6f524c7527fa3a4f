/** Real perturbed images at a radius, before there is a network: a linear classifier is attacked. Tensor-free. */
import { z } from 'zod';
import { Images } from './values.ts';

export const PerturbedExample = z.object({
  label: z.int(),
  /** Classes that the linear classifier says, clean and attacked. */
  before: z.int(),
  after: z.int(),
  /** Largest change, in the attack's norm. */
  size: z.number(),
});

export const Perturbation = z.object({
  classes: z.array(z.string()),
  examples: z.array(PerturbedExample),
  clean: Images,
  perturbed: Images,
  /** (perturbed − clean)/(2·ε∞) + ½ in bytes, ε∞ the largest change of a pixel; grey is no change. */
  difference: Images,
  /** What was attacked and how, in a sentence, with norm, ε, steps and number of images. */
  conditions: z.string(),
  /** Share of `examples` the classifier gets right. */
  cleanAccuracy: z.number(),
  attackedAccuracy: z.number(),
});
export type Perturbation = z.infer<typeof Perturbation>;
