import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttackSettings } from '../../../core/attacks/attack.ts';
import { attacks } from '../../../core/attacks/index.ts';
import type { Norm } from '../../../core/attacks/norms.ts';
import { NORMS, largestPerturbation } from '../../../core/attacks/norms.ts';
import { perturb } from '../../../core/attacks/perturb.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';

const SHAPE = [3, 4, 4, 2];
const PIXELS = 32;

function randomImages(seed: number): HostTensor {
  const rng = createRng(seed);
  return hostTensor(
    SHAPE,
    Float32Array.from({ length: 96 }, () => rng.next()),
  );
}

/** ½‖x − centre‖² rises away from the centre. */
function awayFrom(centre: HostTensor): (images: HostTensor) => Promise<HostTensor> {
  return (images) =>
    Promise.resolve(
      hostTensor(
        SHAPE,
        images.data.map((v, i) => v - centre.data[i]),
      ),
    );
}

const settings: AttackSettings = {
  norm: 'linf',
  epsilon: 8 / 255,
  steps: 4,
  restarts: 1,
  randomStart: false,
};

describe('the list of attacks', () => {
  it('has FGSM and PGD', () => {
    expect(attacks.all.map(({ id }) => id)).toEqual(['fgsm', 'pgd']);
    expect(() => attacks.get('apgd')).toThrow(expect.objectContaining({ code: 'unknown-attack' }));
  });

  it('fills in PGD’s step size, and lets it be set', () => {
    const { conditions } = attacks.get('pgd');
    expect(conditions({ ...settings, steps: 10, epsilon: 2 / 255 }).stepSize).toBeCloseTo(
      (0.25 * 2) / 255,
      15,
    );
    expect(conditions({ ...settings, stepSize: 0.01 }).stepSize).toBe(0.01);
    expect(conditions({ ...settings, restarts: 5, randomStart: true }).restarts).toBe(5);
  });
});

describe('perturbing a batch', () => {
  it('stays in the ball and in [0, 1], for both attacks and norms', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('fgsm', 'pgd'),
        fc.constantFrom<Norm>(...NORMS),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        fc.nat(),
        async (id, norm, epsilon, randomStart, seed) => {
          const clean = randomImages(seed);
          const before = clean.data.slice();
          const asked = { ...settings, norm, epsilon, randomStart };
          const images = await perturb(
            attacks.get(id),
            clean,
            awayFrom(randomImages(seed + 1)),
            asked,
            createRng(seed),
          );
          expect(largestPerturbation(norm, clean.data, images.data, 3, PIXELS)).toBeLessThanOrEqual(epsilon);
          expect(images.data.every((v) => v >= 0 && v <= 1)).toBe(true);
          expect(clean.data).toEqual(before);
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  it('is exactly ε·sign(g) for FGSM where no border is met, but for rounding', async () => {
    const clean = hostTensor(SHAPE, new Float32Array(96).fill(0.5));
    const images = await perturb(
      attacks.get('fgsm'),
      clean,
      awayFrom(randomImages(3)),
      settings,
      createRng(1),
    );
    const centre = randomImages(3).data;
    images.data.forEach((v, i) => expect(v).toBeCloseTo(0.5 + (8 / 255) * Math.sign(0.5 - centre[i]), 6));
  });

  it('raises the loss with every number of steps, and reaches the corner', async () => {
    const clean = hostTensor(SHAPE, new Float32Array(96).fill(0.5));
    const centre = randomImages(4);
    const loss = ({ data }: HostTensor): number =>
      [...data].reduce((sum, v, i) => sum + (v - centre.data[i]) ** 2 / 2, 0);
    const corner = [...centre.data].reduce((sum, c) => sum + (Math.abs(0.5 - c) + 8 / 255) ** 2 / 2, 0);
    const values: number[] = [loss(clean)];
    for (const steps of [1, 2, 3, 4]) {
      const asked = { ...settings, steps, stepSize: 2 / 255 };
      values.push(loss(await perturb(attacks.get('pgd'), clean, awayFrom(centre), asked, createRng(1))));
    }
    for (let k = 1; k < values.length; k++) expect(values[k]).toBeGreaterThan(values[k - 1]);
    expect(values[4]).toBeCloseTo(corner, 4);
  });

  it('attacks each image of the batch on its own', async () => {
    const clean = randomImages(5);
    const centre = randomImages(6);
    const asked: AttackSettings = { ...settings, norm: 'l2', epsilon: 0.3 };
    const together = await perturb(attacks.get('pgd'), clean, awayFrom(centre), asked, createRng(1));
    const changed = hostTensor(SHAPE, clean.data.slice());
    changed.data.fill(0.9, PIXELS);
    const other = await perturb(attacks.get('pgd'), changed, awayFrom(centre), asked, createRng(1));
    expect(other.data.slice(0, PIXELS)).toEqual(together.data.slice(0, PIXELS));
  });
});
