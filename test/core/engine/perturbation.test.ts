import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { gatherImages } from '../../../core/datasets/batches.ts';
import type { Dataset } from '../../../core/datasets/imageSet.ts';
import { shapes10 } from '../../../core/datasets/synthetic/shapes10.ts';
import { fitLinear, fittingNumber } from '../../../core/engine/linearClassifier.ts';
import type { PerturbationOptions } from '../../../core/engine/perturbation.ts';
import { perturbationPreview } from '../../../core/engine/perturbation.ts';
import { Perturbation } from '../../../core/protocol/perturbation.ts';
import { AttackConfig } from '../../../core/runs/runConfig.ts';
import { linearTask } from '../../helpers/linearSession.ts';

const drawn = shapes10(1, { train: 300, test: 60 }, { size: 8 });
const GREY = 128;

function preview(
  attack: Partial<AttackConfig> = {},
  options: Partial<PerturbationOptions> = {},
  dataset: Dataset = drawn,
): Promise<Perturbation> {
  return perturbationPreview(dataset, AttackConfig.parse(attack), { seed: 1, count: 10, ...options });
}
const bytes = (pixels: string): Buffer => Buffer.from(pixels, 'base64');

describe('a preview of perturbations', () => {
  it('shows images of the data set, one of each class in turn, and what was made of them', async () => {
    const made = await preview({ attack: 'fgsm', epsilon: 8 / 255 });
    expect(Perturbation.parse(made)).toEqual(made);
    expect(made.examples.map(({ label }) => label).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    const size = 8 * 8 * 3;
    const clean = bytes(made.clean.pixels);
    made.examples.forEach(({ label }, i) => {
      const image = clean.subarray(i * size, (i + 1) * size);
      const found = Array.from({ length: drawn.train.count }, (_, at) => at).filter(
        (at) =>
          drawn.train.labels[at] === label &&
          image.equals(drawn.train.pixels.subarray(at * size, (at + 1) * size)),
      );
      expect(found.length).toBeGreaterThan(0);
    });
    expect(bytes(made.perturbed.pixels).equals(clean)).toBe(false);
  });

  it('breaks what the classifier knew, the more the larger the radius', async () => {
    const accuracies = [];
    for (const epsilon of [0, 1 / 255, 8 / 255, 32 / 255]) {
      const { cleanAccuracy, attackedAccuracy, examples } = await preview({ epsilon, randomStart: false });
      expect(cleanAccuracy).toBeGreaterThanOrEqual(0.6);
      expect(attackedAccuracy).toBe(examples.filter(({ label, after }) => label === after).length / 10);
      accuracies.push(attackedAccuracy);
      if (epsilon === 0) expect(attackedAccuracy).toBe(cleanAccuracy);
    }
    expect(accuracies).toEqual(accuracies.toSorted((a, b) => b - a));
    expect(accuracies[3]).toBe(0);
  });

  it.each<[Partial<AttackConfig>, number]>([
    [{ attack: 'fgsm', epsilon: 8 / 255 }, 8 / 255],
    [{ attack: 'pgd', norm: 'l2', epsilon: 0.5, steps: 5 }, 0.5],
    [{ attack: 'pgd', epsilon: 4 / 255, steps: 3, restarts: 3 }, 4 / 255],
  ])('stays within the radius and gets there: %j', async (attack, epsilon) => {
    const { examples } = await preview(attack);
    for (const { size } of examples) {
      expect(size).toBeLessThanOrEqual(epsilon);
      expect(size).toBeGreaterThan(0.99 * epsilon);
    }
  });

  it('is grey where nothing changes', async () => {
    const none = await preview({ epsilon: 0 });
    expect(new Set(bytes(none.difference.pixels))).toEqual(new Set([GREY]));
    expect(none.perturbed).toEqual(none.clean);
    const some = await preview({ attack: 'fgsm' });
    // Steps of one size up and down, cut at black and white.
    expect([...new Set(bytes(some.difference.pixels))]).toEqual(expect.arrayContaining([0, 255]));
  });

  it('tries further starts on images that withstood', async () => {
    // Steps that hardly count: what breaks an image is where its start happens to lie.
    const attack: Partial<AttackConfig> = { epsilon: 40 / 255, steps: 1, stepSize: 1e-6 };
    const once = await preview(attack, { count: 100 });
    const often = await preview({ ...attack, restarts: 20 }, { count: 100 });
    expect(often.attackedAccuracy).toBeLessThan(once.attackedAccuracy);
  });

  it('is the same for the same seed, and another for another', async () => {
    expect(await preview()).toEqual(await preview());
    expect((await preview({}, { seed: 2 })).clean).not.toEqual((await preview()).clean);
  });

  it('says what was attacked and how', async () => {
    const { conditions } = await preview({ attack: 'pgd', norm: 'l2', epsilon: 0.5, steps: 5, restarts: 2 });
    expect(conditions).toMatch(
      /^A linear classifier fitted to 300 of the training images, right on \d+\s% of 60 test images it never saw; PGD, L2, ε = 0\.5, 5 steps of 0\.25, 2 random starts; n = 10 of the images/,
    );
    expect((await preview({ attack: 'fgsm', epsilon: 8 / 255 })).conditions).toContain(
      'FGSM, L∞, ε = 8/255, 1 step of 8/255, no random start; n = 10 ',
    );
  });

  it('keeps images aside to be measured on where there is no test part', async () => {
    const { test: _test, ...alone } = shapes10(1, { train: 450, test: 10 }, { size: 8 });
    expect((await preview({}, {}, alone)).conditions).toMatch(
      /fitted to 400 of the training images, right on \d+\s% of 50 training images it never saw/,
    );
    const { test: _none, ...few } = drawn;
    expect((await preview({}, {}, few)).conditions).toMatch(/fitted to 300 of the training images; PGD/);
  });

  it('shows what there is where more is asked for', async () => {
    expect(
      (await preview({}, { count: 32 }, shapes10(1, { train: 20, test: 10 }, { size: 8 }))).examples,
    ).toHaveLength(20);
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(preview({}, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    const later = new AbortController();
    const asked = preview(
      { steps: 1000, restarts: 100, epsilon: 0.1 / 255 },
      {
        signal: later.signal,
        onProgress: (_what, done) => {
          if (done === 2) later.abort();
        },
      },
    );
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the linear classifier', () => {
  const task = linearTask(60, 4, 3);
  const fit = () => fitLinear(task.images, task.indices, createRng(1), () => Promise.resolve());
  const images = hostTensor([60, 4, 4, 1], gatherImages(task.images, task.indices));

  it('learns what can be told apart by a line', async () => {
    const predicted = await (await fit()).predict(images);
    const right = predicted.filter((answer, i) => answer === task.images.labels[i]).length;
    expect(right).toBeGreaterThanOrEqual(57);
  });

  it('points its gradient against the right answer, image by image', async () => {
    const classifier = await fit();
    const labels = [...task.images.labels];
    const gradient = await classifier.imageGradient(images, labels);
    expect(gradient.shape).toEqual(images.shape);
    const first = hostTensor([1, 4, 4, 1], images.data.slice(0, 16));
    const alone = await classifier.imageGradient(first, [labels[0]]);
    alone.data.forEach((slope, p) => expect(gradient.data[p]).toBeCloseTo(slope / 60, 9));
    // Two classes: the slopes of the two labels point opposite ways.
    const other = await classifier.imageGradient(first, [1 - labels[0]]);
    const product = [...alone.data].reduce((sum, slope, p) => sum + slope * other.data[p], 0);
    expect(product).toBeLessThan(0);
  });

  it('is fitted to fewer images where they are large', () => {
    const ofSize = (side: number) => fittingNumber({ ...task.images, shape: [side, side, 3] });
    expect(ofSize(16)).toBeGreaterThan(400);
    expect(ofSize(128)).toBeLessThan(ofSize(64) / 3);
  });
});
