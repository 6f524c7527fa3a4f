/** What an attack tells beside its number: answers, images, places where it stood still. */
import { describe, expect, it } from 'vitest';
import type { AttackSettings } from '../../../core/attacks/attack.ts';
import { attacks } from '../../../core/attacks/index.ts';
import { createRng } from '../../../core/base/rng.ts';
import { gatherImages } from '../../../core/datasets/batches.ts';
import { accuracyOf, answersTo } from '../../../core/training/evaluate.ts';
import type { Attacked, AttackRequest } from '../../../core/training/robustAccuracy.ts';
import { measureAttack } from '../../../core/training/robustAccuracy.ts';
import type { LinearSession } from '../../helpers/linearSession.ts';
import { linearSession, linearTask } from '../../helpers/linearSession.ts';

const COUNT = 60;
const SIZE = 4;
const PIXELS = SIZE * SIZE;
const BATCH = 7;
const task = linearTask(COUNT, SIZE, 1);
/** Some labels are wrong, so that not all images are right as they are. */
const images = { ...task.images, labels: task.images.labels.map((l, i) => (i % 5 === 0 ? 1 - l : l)) };
const settings: AttackSettings = {
  norm: 'linf',
  epsilon: 8 / 255,
  steps: 4,
  restarts: 2,
  randomStart: true,
};

const open = (scale = 1): LinearSession =>
  linearSession(
    task.weights.map((w) => w * scale),
    2,
    BATCH,
    SIZE,
    1,
  );

function measure(
  session: LinearSession,
  changes: Partial<AttackSettings> = {},
  request: Partial<AttackRequest> = {},
): Promise<Attacked> {
  return measureAttack(session, images, {
    indices: task.indices,
    attack: attacks.get('pgd'),
    settings: { ...settings, ...changes },
    rng: createRng(1),
    ...request,
  });
}

describe('the answers under an attack', () => {
  it('are the other class for what was broken and the clean answer for all else', async () => {
    const clean = await answersTo(open(), images, task.indices);
    const { answers, robust, attacked } = await measure(open());
    expect(accuracyOf(answers)).toMatchObject({ accuracy: robust.accuracy, n: COUNT });
    expect(attacked).toBe(clean.filter(({ isRight }) => isRight).length);
    expect(attacked).toBeLessThan(COUNT);
    let broken = 0;
    answers.forEach((answer, i) => {
      if (!clean[i].isRight || answer.isRight) return expect(answer).toEqual(clean[i]);
      broken++;
      expect(answer.predicted).toBe(1 - images.labels[i]);
      expect(answer.confidence).toBeGreaterThan(0.5);
    });
    expect(broken).toBe(attacked - Math.round(robust.accuracy * COUNT));
    expect(broken).toBeGreaterThan(5);
  });

  it('have the confidence that the softmax of two logits has', async () => {
    const session = open();
    const [answer] = await answersTo(session, images, Uint32Array.of(3));
    const pixels = gatherImages(images, Uint32Array.of(3));
    const score = pixels.reduce((sum, x, p) => sum + x * task.weights[p * 2 + 1], 0);
    expect(answer.confidence).toBeCloseTo(1 / (1 + Math.exp(-Math.abs(score))), 5);
  });

  it('of a network that says nothing are no class at all, and not right', async () => {
    const nothing = linearSession(new Float32Array(PIXELS * 2).fill(NaN), 2, BATCH, SIZE, 1);
    const answers = await answersTo(nothing, images, task.indices);
    expect(answers.every(({ predicted, isRight }) => predicted === undefined && !isRight)).toBe(true);
    expect(accuracyOf(answers).accuracy).toBe(0);
  });
});

describe('clean answers that are known', () => {
  it('are not asked for again, and change nothing', async () => {
    const clean = await answersTo(open(), images, task.indices);
    const [alone, shared] = [open(), open()];
    const result = await measure(alone);
    expect(await measure(shared, {}, { clean })).toEqual(result);
    expect(alone.asked.length - shared.asked.length).toBe(Math.ceil(COUNT / BATCH));
  });

  it('are all there is at ε = 0', async () => {
    const clean = await answersTo(open(), images, task.indices);
    const session = open();
    const { answers, robust } = await measure(session, { epsilon: 0 }, { clean });
    expect(session.asked).toHaveLength(0);
    expect(answers).toEqual(clean);
    expect(robust.accuracy).toBe(accuracyOf(clean).accuracy);
  });
});

describe('kept images', () => {
  const everything = new Set(task.indices);

  it('are those asked for that were attacked, within ε and answered as it says', async () => {
    const keep = new Set([1, 2, 5, 6, 7, 8]);
    const { kept, answers } = await measure(open(), {}, { keep });
    // 5 is wrong as it is.
    expect([...kept.keys()].sort((a, b) => a - b)).toEqual([1, 2, 6, 7, 8]);
    for (const [i, { pixels, size, answer }] of kept) {
      const clean = gatherImages(images, Uint32Array.of(i));
      const largest = Math.max(...pixels.map((v, p) => Math.abs(v - clean[p])));
      expect(size).toBeCloseTo(largest, 6);
      expect(size).toBeLessThanOrEqual(8 / 255);
      expect(answer.isRight).toBe(answers[i].isRight);
      const score = pixels.reduce((sum, x, p) => sum + x * task.weights[p * 2 + 1], 0);
      expect(answer.predicted).toBe(score > 0 ? 1 : 0);
    }
  });

  it('are the first point that broke the image, whatever other restarts did meanwhile', async () => {
    const { kept, answers } = await measure(open(), { restarts: 5 }, { keep: everything });
    const broken = [...kept].filter(([, { answer }]) => !answer.isRight);
    expect(broken.length).toBeGreaterThan(5);
    for (const [i, { answer }] of broken) expect(answer).toBe(answers[i]);
    expect(broken.length).toBe(answers.filter((a, i) => kept.has(i) && !a.isRight).length);
  });

  it('of images that withstood are where the last restart ended, far from the image', async () => {
    const { kept } = await measure(open(), {}, { keep: everything });
    const withstood = [...kept.values()].filter(({ answer }) => answer.isRight);
    expect(withstood.length).toBeGreaterThan(5);
    for (const { size } of withstood) expect(size).toBeGreaterThan(7.9 / 255);
  });

  it('come out alike at every batch size', async () => {
    const of = async (batchSize: number) => {
      const session = linearSession(task.weights, 2, batchSize, SIZE, 1);
      const { kept } = await measure(session, { restarts: 1 }, { keep: everything });
      return [...kept].sort(([a], [b]) => a - b);
    };
    expect(await of(3)).toEqual(await of(60));
  });
});

describe('random starts', () => {
  it('of one seed are the same points of the ball at every radius', async () => {
    const firstPoints = async (epsilon: number): Promise<readonly number[]> => {
      const session = open();
      await measure(session, { epsilon, restarts: 1 }, { indices: Uint32Array.of(1, 2, 3) });
      const start = session.asked.find(({ kind }) => kind === 'attack')?.images ?? new Float32Array();
      const clean = gatherImages(images, Uint32Array.of(1, 2, 3));
      // The last pixel of an image lies at a border, where the ball is cut.
      return [...clean].flatMap((v, i) => ((i + 1) % PIXELS === 0 ? [] : [(start[i] - v) / epsilon]));
    };
    const [small, large] = [await firstPoints(2 / 255), await firstPoints(16 / 255)];
    expect(small.length).toBe(3 * (PIXELS - 1));
    small.forEach((v, i) => expect(v).toBeCloseTo(large[i], 4));
    expect(Math.max(...small.map(Math.abs))).toBeGreaterThan(0.5);
  });
});

describe('an attack without a gradient', () => {
  /** So steep that the softmax is exactly 0 and 1 for all but the closest images. */
  const STEEP = 1e5;

  it('counts the images at which it stood still', async () => {
    expect((await measure(open())).stuck).toBe(0);
    const { stuck, attacked, robust } = await measure(open(STEEP), { randomStart: false, epsilon: 1 / 255 });
    expect(stuck).toBeGreaterThan(attacked / 2);
    expect(stuck).toBeLessThanOrEqual(attacked);
    expect(Math.round(robust.accuracy * COUNT)).toBeGreaterThanOrEqual(stuck);
  });

  it('is not taken any further from there', async () => {
    const few = open(STEEP);
    await measure(few, { randomStart: false, restarts: 1, steps: 2, epsilon: 1e-7 });
    const many = open(STEEP);
    const { stuck, attacked } = await measure(many, {
      randomStart: false,
      restarts: 1,
      steps: 1000,
      epsilon: 1e-7,
    });
    expect(stuck).toBe(attacked);
    expect(many.asked.length).toBe(few.asked.length);
  });
});
