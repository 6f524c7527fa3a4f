import { describe, expect, it } from 'vitest';
import { attacks } from '../../../core/attacks/index.ts';
import { createRng } from '../../../core/base/rng.ts';
import { gatherImages } from '../../../core/datasets/batches.ts';
import { galleryCandidates, galleryOf } from '../../../core/engine/gallery.ts';
import { Gallery } from '../../../core/protocol/gallery.ts';
import { answersTo } from '../../../core/training/evaluate.ts';
import { measureAttack } from '../../../core/training/robustAccuracy.ts';
import { linearSession, linearTask } from '../../helpers/linearSession.ts';

const SIZE = 4;
const PIXELS = SIZE * SIZE;
const { images, indices, weights } = linearTask(120, SIZE, 1);
const score = (pixels: ArrayLike<number>): number =>
  Array.from({ length: PIXELS }, (_, p) => pixels[p] * weights[p * 2 + 1]).reduce((a, b) => a + b);
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

async function make(epsilon: number, seed = 1, only = indices): Promise<Gallery> {
  const session = linearSession(weights, 2, 16, SIZE, 1);
  const clean = await answersTo(session, images, only);
  const keep = galleryCandidates(images, only, clean, createRng(seed));
  const attacked = await measureAttack(session, images, {
    indices: only,
    attack: attacks.get('pgd'),
    settings: { norm: 'linf', epsilon, steps: 5, restarts: 1, randomStart: true },
    rng: createRng(1),
    clean,
    keep,
  });
  return galleryOf('found', images, only, clean, keep, attacked);
}

describe('a gallery', () => {
  it('has the form that the window reads, and the attack’s conditions', async () => {
    const gallery = await make(8 / 255);
    expect(Gallery.parse(JSON.parse(JSON.stringify(gallery)))).toEqual(gallery);
    expect(gallery).toMatchObject({
      label: 'found',
      classes: ['a', 'b'],
      attack: { attack: 'pgd', norm: 'linf', epsilon: 8 / 255, steps: 5, restarts: 1, n: 120 },
      clean: { count: 24, height: SIZE, width: SIZE, channels: 1 },
    });
  });

  it('shows sixteen broken images, then eight that withstood, of all classes alike', async () => {
    const { examples } = await make(8 / 255);
    expect(examples.map(({ label, after }) => label !== after)).toEqual(
      Array.from({ length: 24 }, (_, i) => i < 16),
    );
    expect(examples.every(({ label, before }) => label === before)).toBe(true);
    expect(examples.slice(0, 16).filter(({ label }) => label === 0)).toHaveLength(8);
    expect(new Set(examples.map(({ index }) => index)).size).toBe(24);
  });

  it('fills up with what there is where one kind is rare', async () => {
    const none = await make(1e-6);
    expect(none.examples).toHaveLength(24);
    expect(none.examples.every(({ label, after }) => label === after)).toBe(true);
    const all = await make(0.5);
    expect(all.examples).toHaveLength(24);
    expect(all.examples.every(({ label, after }) => label !== after)).toBe(true);
  });

  it('has each image as it is and as it was attacked, with the classes said of both', async () => {
    const { examples, clean, perturbed, difference } = await make(8 / 255);
    const [before, after, change] = [clean, perturbed, difference].map(({ pixels }) => bytes(pixels));
    examples.forEach(({ index, before: said, after: saidAfter, size }, i) => {
      const own = before.subarray(i * PIXELS, (i + 1) * PIXELS);
      expect([...own]).toEqual([...images.pixels.subarray(index * PIXELS, (index + 1) * PIXELS)]);
      const exact = gatherImages(images, Uint32Array.of(index));
      expect(score(exact) > 0 ? 1 : 0).toBe(said);
      expect(size).toBeLessThanOrEqual(8 / 255);
      const moved = [...after.subarray(i * PIXELS, (i + 1) * PIXELS)].map((v, p) => v - own[p]);
      // A byte is at most half of 1/255 off.
      expect(Math.abs(Math.max(...moved.map(Math.abs)) / 255 - size)).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
      // Each attack pushes the score towards the other class.
      const push = moved.reduce((sum, v, p) => sum + v * weights[p * 2 + 1], 0);
      expect(push > 0 ? 1 : 0, `example ${i}, said ${saidAfter}`).toBe(1 - said);
      moved.forEach((v, p) => {
        if (Math.abs(v) > 1) expect(Math.sign(change[i * PIXELS + p] - 128)).toBe(Math.sign(v));
      });
    });
    expect(Math.max(...change) === 255 || Math.min(...change) === 0).toBe(true);
  });

  it('is the same from one seed, and another one from another', async () => {
    expect(await make(8 / 255)).toEqual(await make(8 / 255));
    const chosen = ({ examples }: Gallery): readonly number[] => examples.map(({ index }) => index);
    expect(chosen(await make(8 / 255, 2))).not.toEqual(chosen(await make(8 / 255)));
  });

  it('of few images shows them all, and of none is empty', async () => {
    expect((await make(8 / 255, 1, indices.subarray(0, 5))).examples).toHaveLength(5);
    const empty = await make(8 / 255, 1, new Uint32Array(0));
    expect(Gallery.parse(empty)).toMatchObject({ examples: [], clean: { count: 0, pixels: '' } });
  });
});

describe('the images kept to choose from', () => {
  it('are right as they are, and one of each class in turn', async () => {
    const labels = images.labels.map((l, i) => (i < 10 ? 1 - l : l));
    const some = { ...images, labels };
    const clean = await answersTo(linearSession(weights, 2, 16, SIZE, 1), some, indices);
    const order = [...galleryCandidates(some, indices, clean, createRng(1))];
    expect(order).toHaveLength(110);
    expect(order.every((position) => position >= 10)).toBe(true);
    for (let i = 0; i < 60; i += 2) expect(labels[order[i]]).not.toBe(labels[order[i + 1]]);
  });

  it('are fewer where images are large, and never fewer than are shown', () => {
    const large = { ...images, shape: [512, 512, 3] as const };
    const clean = Array.from(indices, () => ({ predicted: 0, isRight: true, confidence: 1 }));
    expect(galleryCandidates(large, indices, clean, createRng(1)).size).toBe(24);
  });
});
