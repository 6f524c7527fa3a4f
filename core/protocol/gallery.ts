/** Adversarial examples of an evaluation, as `galleries/<label>.json` in a run's folder holds them. Tensor-free. */
import { z } from 'zod';
import { RobustCounted } from '../runs/events.ts';
import { Images } from './values.ts';

export const GalleryExample = z.object({
  /** Position in the test split's images. */
  index: z.int(),
  label: z.int(),
  before: z.int(),
  after: z.int(),
  /** Of the class said, by softmax. */
  confidenceBefore: z.number(),
  confidenceAfter: z.number(),
  /** In the attack's norm. */
  size: z.number(),
});
export type GalleryExample = z.infer<typeof GalleryExample>;

export const GALLERY_FORMAT = 1;

export const Gallery = z.object({
  format: z.literal(GALLERY_FORMAT),
  label: z.string(),
  classes: z.array(z.string()),
  attack: RobustCounted,
  examples: z.array(GalleryExample),
  clean: Images,
  perturbed: Images,
  difference: Images,
});
export type Gallery = z.infer<typeof Gallery>;
