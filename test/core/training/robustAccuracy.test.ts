import { describe, expect, it } from 'vitest';
import type { AttackSettings } from '../../../core/attacks/attack.ts';
import { attacks } from '../../../core/attacks/index.ts';
import type { Norm } from '../../../core/attacks/norms.ts';
import { NORMS } from '../../../core/attacks/norms.ts';
import { createRng } from '../../../core/base/rng.ts';
import { cleanAccuracy } from '../../../core/training/evaluate.ts';
import type { RobustCounted } from '../../../core/training/robustAccuracy.ts';
import { robustAccuracy } from '../../../core/training/robustAccuracy.ts';
import { RobustCounted as RobustCountedSchema } from '../../../core/runs/events.ts';
import type { LinearSession } from '../../helpers/linearSession.ts';
import { linearSession, linearTask } from '../../helpers/linearSession.ts';

const COUNT = 60;
const SIZE = 4;
const task = linearTask(COUNT, SIZE, 1);
const settings: AttackSettings = {
  norm: 'linf',
  epsilon: 8 / 255,
  steps: 5,
  restarts: 1,
  randomStart: false,
};

const open = (batchSize: number): LinearSession => linearSession(task.weights, 2, batchSize, SIZE, 1);

function measure(
  session: LinearSession,
  id: 'fgsm' | 'pgd',
  changes: Partial<AttackSettings> = {},
  seed = 1,
): Promise<RobustCounted> {
  return robustAccuracy(
    session,
    task.images,
    task.indices,
    attacks.get(id),
    { ...settings, ...changes },
    createRng(seed),
  );
}

/**
 * How many images no perturbation of size ε can break: the margin is larger than ε times the dual norm of the weights.
 * The last pixel is 255 and can only be lowered, which helps the attack for one class only.
 */
function provablyRobust(norm: Norm, epsilon: number): number {
  const last = SIZE * SIZE - 1;
  return task.margins.reduce((count, margin, i) => {
    const towards = task.images.labels[i] === 1 ? -1 : 1;
    const usable = [...task.direction].filter((w, p) => p !== last || towards * w < 0);
    const dual = norm === 'linf' ? usable.reduce((sum, w) => sum + Math.abs(w), 0) : Math.hypot(...usable);
    return count + (margin > epsilon * dual ? 1 : 0);
  }, 0);
}

describe('robust accuracy of a linear network', () => {
  it.each([2, 8, 16, 32])(
    'under FGSM at %i/255 counts exactly the images whose margin is too large',
    async (k) => {
      const { accuracy, n } = await measure(open(7), 'fgsm', { epsilon: k / 255 });
      expect(n).toBe(COUNT);
      expect(Math.round(accuracy * n)).toBe(provablyRobust('linf', k / 255));
    },
  );

  it('breaks some and not all in these tests', () => {
    expect(provablyRobust('linf', 2 / 255)).toBeGreaterThan(provablyRobust('linf', 16 / 255));
    expect(provablyRobust('linf', 8 / 255)).toBeGreaterThan(5);
    expect(provablyRobust('linf', 8 / 255)).toBeLessThan(COUNT - 5);
  });

  it.each(NORMS)('under PGD with %s does too, from the image or from a random point', async (norm) => {
    const epsilon = norm === 'linf' ? 8 / 255 : 0.1;
    // Steps of ε: in L2 the default ones turn a random start towards the gradient by e^2.5 only.
    for (const randomStart of [false, true]) {
      const { accuracy } = await measure(open(7), 'pgd', {
        norm,
        epsilon,
        stepSize: epsilon,
        steps: 20,
        randomStart,
      });
      expect(Math.round(accuracy * COUNT)).toBe(provablyRobust(norm, epsilon));
    }
  });

  it('is the clean accuracy at ε = 0, and asks for no gradient then', async () => {
    // Wrong labels, so that the clean accuracy is not 1.
    const labels = task.images.labels.map((label, i) => (i % 3 === 0 ? 1 - label : label));
    const images = { ...task.images, labels };
    const session = open(7);
    const clean = await cleanAccuracy(open(7), images, task.indices);
    expect(clean.accuracy).toBeCloseTo(2 / 3, 12);
    for (const id of ['fgsm', 'pgd'] as const) {
      const none = { ...settings, epsilon: 0, randomStart: true };
      const result = await robustAccuracy(session, images, task.indices, attacks.get(id), none, createRng(1));
      expect(result).toMatchObject({ ...clean, epsilon: 0, largestPerturbation: 0 });
    }
    expect(session.asked.every(({ kind }) => kind === 'logits')).toBe(true);
    const attacked = await robustAccuracy(
      session,
      images,
      task.indices,
      attacks.get('pgd'),
      settings,
      createRng(1),
    );
    expect(attacked.accuracy).toBeLessThanOrEqual(clean.accuracy);
  });

  it('falls as ε grows', async () => {
    let before = 1;
    for (const k of [0, 1, 2, 4, 8, 16, 32, 64]) {
      const { accuracy } = await measure(open(16), 'pgd', { epsilon: k / 255 });
      expect(accuracy).toBeLessThanOrEqual(before);
      before = accuracy;
    }
    expect(before).toBeLessThan(0.1);
  });
});

describe('the measurement', () => {
  it('does not depend on the batch size, and repeats from its seed', async () => {
    const few = { steps: 2, stepSize: 1 / 255, randomStart: true, restarts: 3 };
    const results = await Promise.all(
      [1, 7, 60, 100].map((batchSize) => measure(open(batchSize), 'pgd', few)),
    );
    for (const result of results) expect(result.accuracy).toBe(results[0].accuracy);
    expect(await measure(open(7), 'pgd', few)).toEqual(await measure(open(7), 'pgd', few));
  });

  it.each(NORMS)('never shows the network a point outside the ball or [0, 1] (%s)', async (norm) => {
    const epsilon = norm === 'linf' ? 8 / 255 : 0.25;
    const session = open(COUNT);
    const { largestPerturbation } = await measure(session, 'pgd', {
      norm,
      epsilon,
      randomStart: true,
      restarts: 2,
    });
    expect(largestPerturbation).toBeLessThanOrEqual(epsilon);
    expect(largestPerturbation).toBeGreaterThan(epsilon * 0.99);
    for (const { images } of session.asked) expect(images.every((v) => v >= 0 && v <= 1)).toBe(true);
  });

  it('reports the conditions as carried out: FGSM takes one step of ε whatever is asked', async () => {
    expect(
      await measure(open(7), 'fgsm', { steps: 20, stepSize: 0.001, restarts: 5, randomStart: true }),
    ).toMatchObject({
      attack: 'fgsm',
      norm: 'linf',
      epsilon: 8 / 255,
      steps: 1,
      stepSize: 8 / 255,
      restarts: 1,
    });
    const pgd = await measure(open(7), 'pgd', { steps: 10, restarts: 3 });
    // Restarts without a random start would all be the same.
    expect(pgd).toMatchObject({ attack: 'pgd', steps: 10, stepSize: (2.5 * 8) / 255 / 10, restarts: 1 });
    expect(RobustCountedSchema.safeParse(pgd).success).toBe(true);
  });

  it('equals FGSM for PGD with one step of ε from the image', async () => {
    const fgsm = await measure(open(7), 'fgsm');
    const pgd = await measure(open(7), 'pgd', { steps: 1, stepSize: settings.epsilon });
    expect({ ...pgd, attack: 'fgsm' }).toEqual(fgsm);
  });

  it('attacks an image no more once it is broken', async () => {
    const strong = { epsilon: 0.5, steps: 20, restarts: 10, randomStart: true };
    const session = open(10);
    const { accuracy } = await measure(session, 'pgd', strong);
    expect(accuracy).toBe(0);
    // Six clean batches, and a few steps for each image: in full it would be 6 · 10 · 21 passes more.
    expect(session.asked.length).toBeLessThan(6 + 6 * 5);
    // Nine restarts more cost next to nothing: places left empty at the end try them on images not broken yet.
    const again = open(10);
    await measure(again, 'pgd', { ...strong, restarts: 1 });
    expect(session.asked.length).toBeLessThanOrEqual(again.asked.length + 2);
  });

  it('takes as many passes as a fixed schedule where nothing breaks', async () => {
    const session = open(10);
    const { accuracy } = await measure(session, 'pgd', {
      epsilon: 1e-7,
      steps: 4,
      restarts: 2,
      randomStart: true,
    });
    expect(accuracy).toBe(1);
    const kinds = session.asked.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'attack')).toHaveLength(6 * 2 * 4);
    expect(kinds.filter((kind) => kind === 'logits')).toHaveLength(6 + 6 * 2);
  });

  it('reports progress that never falls and ends at the number of images', async () => {
    const seen: number[] = [];
    await robustAccuracy(
      open(7),
      task.images,
      task.indices,
      attacks.get('pgd'),
      { ...settings, restarts: 3, randomStart: true },
      createRng(1),
      (done, total) => {
        expect(total).toBe(COUNT);
        seen.push(done);
      },
    );
    expect(seen.length).toBeGreaterThan(5);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBe(COUNT);
  });

  it('finds more with restarts than without', async () => {
    // A step so small that the start decides.
    const weak = { steps: 1, stepSize: 1e-6, randomStart: true, epsilon: 24 / 255 };
    const one = await measure(open(16), 'pgd', { ...weak, restarts: 1 });
    const many = await measure(open(16), 'pgd', { ...weak, restarts: 30 });
    expect(many.accuracy).toBeLessThan(one.accuracy);
  });

  it('takes any indices, none and a few', async () => {
    const run = (indices: Uint32Array): Promise<RobustCounted> =>
      robustAccuracy(open(7), task.images, indices, attacks.get('pgd'), settings, createRng(1));
    expect(await run(new Uint32Array(0))).toMatchObject({ n: 0, accuracy: 0 });
    const all = await Promise.all([...task.indices].map((index) => run(Uint32Array.of(index))));
    const together = await run(task.indices.toReversed());
    expect(all.reduce((sum, { accuracy }) => sum + accuracy, 0)).toBe(Math.round(together.accuracy * COUNT));
  });

  it('does not take a network that answers NaN for robust', async () => {
    const nothing = linearSession(new Float32Array(SIZE * SIZE * 2).fill(NaN), 2, 7, SIZE, 1);
    expect((await measure(nothing, 'pgd')).accuracy).toBe(0);
  });
});
