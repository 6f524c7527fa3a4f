import { describe, expect, it } from 'vitest';
import { shapes10 } from '../../../core/datasets/synthetic/shapes10.ts';
import type { ImageSet } from '../../../core/datasets/imageSet.ts';
import { failure } from '../../helpers/datasetBytes.ts';

/** Multinomial logistic regression on centred pixels by gradient descent with momentum; accuracy on another set. */
function linearAccuracy(train: ImageSet, test: ImageSet, steps: number): { train: number; test: number } {
  const size = train.pixels.length / train.count;
  const classes = train.classes.length;
  const weights = new Float64Array(size * classes);
  const velocity = new Float64Array(size * classes);
  const logits = (set: ImageSet, i: number): Float64Array => {
    const result = new Float64Array(classes);
    for (let p = 0; p < size; p++) {
      const x = set.pixels[i * size + p] / 255 - 0.5;
      for (let k = 0; k < classes; k++) result[k] += x * weights[p * classes + k];
    }
    return result;
  };
  for (let step = 0; step < steps; step++) {
    const gradient = new Float64Array(size * classes);
    for (let i = 0; i < train.count; i++) {
      const z = logits(train, i);
      const highest = Math.max(...z);
      const e = z.map((v) => Math.exp(v - highest));
      const sum = e.reduce((a, b) => a + b, 0);
      for (let k = 0; k < classes; k++) e[k] = e[k] / sum - (train.labels[i] === k ? 1 : 0);
      for (let p = 0; p < size; p++) {
        const x = (train.pixels[i * size + p] / 255 - 0.5) / train.count;
        for (let k = 0; k < classes; k++) gradient[p * classes + k] += x * e[k];
      }
    }
    for (let j = 0; j < weights.length; j++) {
      velocity[j] = 0.9 * velocity[j] - 0.05 * gradient[j];
      weights[j] += velocity[j];
    }
  }
  const accuracy = (set: ImageSet): number => {
    let right = 0;
    for (let i = 0; i < set.count; i++) {
      const z = logits(set, i);
      if (z.indexOf(Math.max(...z)) === set.labels[i]) right++;
    }
    return right / set.count;
  };
  return { train: accuracy(train), test: accuracy(test) };
}

describe('shapes10', () => {
  it('draws the same pictures from the same seed and others from another', () => {
    const counts = { train: 30, test: 10 };
    const first = shapes10(5, counts);
    expect(shapes10(5, counts)).toEqual(first);
    expect(shapes10(6, counts).train.pixels).not.toEqual(first.train.pixels);
    expect(first.test?.pixels).not.toEqual(first.train.pixels.subarray(0, first.test?.pixels.length));
  });

  it('begins longer sets with the images of shorter ones', () => {
    const short = shapes10(5, { train: 20, test: 0 }).train;
    const long = shapes10(5, { train: 40, test: 0 }).train;
    expect(long.pixels.subarray(0, short.pixels.length)).toEqual(short.pixels);
  });

  it('gives each of ten classes the same number of images, at the size asked for', () => {
    const { train } = shapes10(1, { train: 100, test: 0 }, { size: 16 });
    expect(train.shape).toEqual([16, 16, 3]);
    expect(train.pixels).toHaveLength(100 * 16 * 16 * 3);
    expect(new Set(train.classes).size).toBe(10);
    for (let k = 0; k < 10; k++) expect(train.labels.filter((label) => label === k)).toHaveLength(10);
  });

  it('refuses sizes that make no picture', async () => {
    expect(await failure(() => shapes10(1, { train: 1, test: 1 }, { size: 7.5 }))).toMatchObject({
      code: 'bad-size',
    });
  });

  it('keeps shapes clear of their background: far more contrast than small perturbations', () => {
    const { train } = shapes10(2, { train: 200, test: 0 });
    for (let i = 0; i < train.count; i++) {
      const luma = Array.from({ length: 1024 }, (_, p) => {
        const at = (i * 1024 + p) * 3;
        return 0.299 * train.pixels[at] + 0.587 * train.pixels[at + 1] + 0.114 * train.pixels[at + 2];
      }).sort((a, b) => a - b);
      // The darkest and brightest tenths hold background and shape, whichever is which.
      expect(luma[1024 - 60] - luma[60]).toBeGreaterThan(60);
    }
  });

  it('is beyond a linear model: logistic regression on the pixels stays below 60 %', () => {
    const { train, test } = shapes10(1, { train: 2000, test: 500 }, { size: 16 });
    const accuracy = linearAccuracy(train, test as ImageSet, 60);
    // It does learn something, so the bound is not met by a regression that does not work.
    expect(accuracy.train).toBeGreaterThan(0.2);
    expect(accuracy.test).toBeLessThan(0.6);
  });
});
