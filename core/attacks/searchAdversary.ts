/** The one-step adversaries that weights are trained against: FGSM with a random start, fast, and free. L∞ only. */
import { z } from 'zod';
import type { Rng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import { ascendRow, projectRow, randomStartRow } from './norms.ts';
import type { ImageGradient } from './perturb.ts';

/** Settings of a one-step adversary, for the schemas of those who train or measure against one. */
export const oneStepFields = {
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(2 / 255)
    .meta({
      title: 'Radius ε',
      unit: 'pixel value in [0, 1], L∞',
      description: 'the most a pixel may change',
    }),
  stepSize: z.number().gt(0).max(4).default(1.25).meta({ title: 'Attack step', unit: 'ε' }),
};

export interface OneStep {
  /** L∞ radius, pixel value in [0, 1]. */
  readonly epsilon: number;
  /** In units of ε. */
  readonly stepSize: number;
}

/**
 * E2RNAS' adversary (authors' code): random start, but the gradient is taken at the clean images.
 *
 *     δ = clip(δ0 + stepSize·ε·sign(∇_x CE(f(x), y)), ±ε),  δ0 ~ U(−ε, ε);   x' = clip(x + δ, 0, 1)
 *
 * Differs: the authors work on images normalised per channel with ε/σ_c, which is the same perturbation.
 *
 * @param images [B, H, W, C] in [0, 1]
 * @param gradient at `images`, of the same shape
 * @returns fresh images
 */
export function fgsmExample(
  images: HostTensor,
  gradient: HostTensor,
  { epsilon, stepSize }: OneStep,
  rng: Rng,
): HostTensor {
  const clean = images.data;
  const step = stepSize * epsilon;
  const data = new Float32Array(clean.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = clean[i] + rng.uniform(-epsilon, epsilon) + step * Math.sign(gradient.data[i]);
  }
  projectRow('linf', clean, data, 0, data.length, epsilon);
  return hostTensor(images.shape, data);
}

/**
 * "Fast" adversarial training's example: as above with the gradient at x + δ0 (Wong, Rice, Kolter 2020, algorithm 3).
 * Differs: x + δ0 is cut to [0, 1] before the gradient is taken there; in the paper only the result is.
 */
export async function fastExample(
  images: HostTensor,
  gradientOf: ImageGradient,
  { epsilon, stepSize }: OneStep,
  rng: Rng,
): Promise<HostTensor> {
  const start = freeStart(images, epsilon, rng);
  return moved(images, start, await gradientOf(start), epsilon, stepSize * epsilon);
}

/** A random point of the ball around each image, in [0, 1]; fresh. */
export function freeStart(images: HostTensor, epsilon: number, rng: Rng): HostTensor {
  const data = new Float32Array(images.data.length);
  randomStartRow('linf', images.data, data, 0, data.length, epsilon, rng);
  return hostTensor(images.shape, data);
}

/**
 * The perturbation's update between replays of "free" adversarial training: a step of ε, projected (Shafahi et al. 2019,
 * algorithm 1).
 * Differs: there a perturbation is handed on to the next batch; here, as in E2RNAS' code, each batch starts at random.
 */
export function freeUpdate(
  clean: HostTensor,
  current: HostTensor,
  gradient: HostTensor,
  epsilon: number,
): HostTensor {
  return moved(clean, current, gradient, epsilon, epsilon);
}

/** In L∞ pixels do not influence each other, so the batch is one long row. */
function moved(
  clean: HostTensor,
  current: HostTensor,
  gradient: HostTensor,
  epsilon: number,
  step: number,
): HostTensor {
  const data = current.data.slice();
  ascendRow('linf', clean.data, data, gradient.data, 0, data.length, epsilon, step);
  return hostTensor(clean.shape, data);
}
