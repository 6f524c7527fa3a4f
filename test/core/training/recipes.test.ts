import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { gatherImages, gatherLabels } from '../../../core/datasets/batches.ts';
import type { Batch } from '../../../core/training/batch.ts';
import { recipes } from '../../../core/training/recipes/index.ts';
import type { LinearSession } from '../../helpers/linearSession.ts';
import { linearSession, linearTask, lossOf } from '../../helpers/linearSession.ts';

const COUNT = 16;
const SIZE = 4;
const task = linearTask(COUNT, SIZE, 2);
const batch: Batch = {
  images: hostTensor([COUNT, SIZE, SIZE, 1], gatherImages(task.images, task.indices)),
  labels: hostTensor([COUNT], gatherLabels(task.images, task.indices)),
};
const open = (): LinearSession => linearSession(task.weights, 2, COUNT, SIZE, 1);

async function attacked(id: string, config: unknown, progress = 0.9, seed = 1) {
  const session = open();
  const images = await recipes.get(id).images(config)({ session, batch, rng: createRng(seed), progress });
  const largest = Math.max(...[...images.data].map((v, i) => Math.abs(v - batch.images.data[i])));
  return { session, images, largest };
}

describe('standard training', () => {
  it('uses the images as they are and asks for nothing', async () => {
    const { session, images } = await attacked('standard', {});
    expect(images).toBe(batch.images);
    expect(session.asked).toHaveLength(0);
    expect(recipes.get('standard').passes).toEqual([]);
  });
});

describe.each(['pgd-at', 'fast-at'])('%s', (id) => {
  it('perturbs by at most ε, keeps the clean images and raises the loss', async () => {
    const before = batch.images.data.slice();
    const clean = await lossOf(open(), batch.images, batch.labels);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 32 }), fc.nat(), async (k, seed) => {
        const { session, images, largest } = await attacked(id, { epsilon: k / 255 }, 0.5, seed);
        expect(largest).toBeLessThanOrEqual(k / 255);
        expect(images.data.every((v) => v >= 0 && v <= 1)).toBe(true);
        expect(images.shape).toEqual(batch.images.shape);
        expect(await lossOf(open(), images, batch.labels)).toBeGreaterThan(clean);
        expect(session.asked.every(({ kind }) => kind === 'attackTraining')).toBe(true);
      }),
      { seed: 1, numRuns: 30 },
    );
    expect(batch.images.data).toEqual(before);
  });

  it('declares the pass it uses and that it attacks', () => {
    expect(recipes.get(id).passes).toEqual(['attackTraining']);
    expect(recipes.get(id).adversarial).toBe(true);
  });

  it('leaves the images alone at ε = 0', async () => {
    expect((await attacked(id, { epsilon: 0 })).images.data).toEqual(batch.images.data);
  });

  it('ramps ε up from 0 during the given share of the training', async () => {
    const config = { epsilon: 16 / 255, ramp: 0.4 };
    expect((await attacked(id, config, 0)).largest).toBe(0);
    const quarter = (await attacked(id, config, 0.1)).largest;
    expect(quarter).toBeLessThanOrEqual(4 / 255);
    expect(quarter).toBeGreaterThan(3.9 / 255);
    for (const progress of [0.4, 0.99]) {
      const { largest } = await attacked(id, config, progress);
      expect(largest).toBeGreaterThan(15.9 / 255);
    }
    expect((await attacked(id, { epsilon: 16 / 255 }, 0)).largest).toBeGreaterThan(15.9 / 255);
  });

  it('repeats from its seed and refuses settings it does not know', async () => {
    expect((await attacked(id, {}, 0.5, 3)).images).toEqual((await attacked(id, {}, 0.5, 3)).images);
    const start = async (seed: number) => (await attacked(id, {}, 0.5, seed)).session.asked[0].images;
    expect(await start(3)).not.toEqual(await start(4));
    expect(() => recipes.get(id).images({ eps: 1 })).toThrow();
  });
});

describe('PGD-AT', () => {
  it('scales its steps with the ramp', async () => {
    const config = { epsilon: 16 / 255, ramp: 0.4, steps: 1, stepSize: 8 / 255 };
    const { session, images } = await attacked('pgd-at', config, 0.1);
    const moves = [...images.data].map((v, i) => Math.abs(v - session.asked[0].images[i]));
    // A quarter of the radius, a quarter of the step.
    expect(Math.max(...moves)).toBeCloseTo(2 / 255, 6);
  });

  it('takes its steps, each from where the last one ended', async () => {
    const { session } = await attacked('pgd-at', { steps: 5 });
    expect(session.asked).toHaveLength(5);
    for (let k = 1; k < 5; k++) expect(session.asked[k].images).not.toEqual(session.asked[k - 1].images);
  });

  it('does better than fast-AT on the way to the corner', async () => {
    const loss = async (id: string): Promise<number> =>
      lossOf(open(), (await attacked(id, { epsilon: 8 / 255 })).images, batch.labels);
    expect(await loss('pgd-at')).toBeGreaterThan(await loss('fast-at'));
  });
});

describe('descriptions', () => {
  it.each([
    ['standard', {}, 'standard training on clean images'],
    ['pgd-at', {}, 'PGD-AT, L∞ ε = 8/255, 7 steps of 2.86/255, random start'],
    [
      'pgd-at',
      { epsilon: 4 / 255, steps: 1, stepSize: 4 / 255 },
      'PGD-AT, L∞ ε = 4/255, 1 step of 4/255, random start',
    ],
    ['fast-at', {}, 'fast-AT (FGSM with random start), L∞ ε = 8/255, 1 step of 10/255'],
    [
      'fast-at',
      { epsilon: 2.5 / 255, ramp: 0.25 },
      'fast-AT (FGSM with random start), L∞ ε = 2.5/255, 1 step of 3.13/255, ε ramped up over the first 25 %',
    ],
  ])('of %s name norm, radius and steps', (id, config, text) => {
    expect(recipes.get(id).describe(config)).toBe(text);
  });
});
