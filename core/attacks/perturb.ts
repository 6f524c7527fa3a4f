/** An attack on a whole batch, as adversarial training needs it: all images take all steps. */
import type { Rng } from '../base/rng.ts';
import type { HostTensor } from '../compute/program.ts';
import { hostTensor } from '../compute/program.ts';
import type { Attack, AttackSettings } from './attack.ts';
import { randomStartRow } from './norms.ts';

/** ∇_x of the loss at the given images [B, H, W, C], of the same shape. */
export type ImageGradient = (images: HostTensor) => Promise<HostTensor>;

/**
 * One restart of `attack`; the last point is returned, whether or not it is the worst one met.
 * @param images [B, H, W, C] in [0, 1]; kept
 * @returns fresh images within ε of them and in [0, 1]
 */
export async function perturb(
  attack: Attack,
  images: HostTensor,
  gradientOf: ImageGradient,
  settings: AttackSettings,
  rng: Rng,
): Promise<HostTensor> {
  const conditions = attack.conditions(settings);
  const { norm, epsilon, steps, randomStart } = conditions;
  const batchSize = images.shape[0];
  const pixels = images.data.length / batchSize;
  const clean = images.data;
  let current = clean.slice();
  if (randomStart) {
    for (let row = 0; row < batchSize; row++) randomStartRow(norm, clean, current, row, pixels, epsilon, rng);
  }
  for (let k = 0; k < steps; k++) {
    const gradient = (await gradientOf(hostTensor(images.shape, current))).data;
    // Whoever was handed the last point may still hold it.
    current = current.slice();
    for (let row = 0; row < batchSize; row++)
      attack.step({ clean, current, gradient, row, pixels }, conditions);
  }
  return hostTensor(images.shape, current);
}
