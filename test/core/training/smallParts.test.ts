import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostTensor } from '../../../core/compute/program.ts';
import { clipByGlobalNorm } from '../../../core/training/clip.ts';
import { counted } from '../../../core/training/intervals.ts';
import { cosine, dropPathAt, warmUp } from '../../../core/training/schedules.ts';

describe('Wilson’s interval', () => {
  // Reference: scipy.stats.binomtest(k, n).proportion_ci(0.95, 'wilson')
  it.each([
    [0, 10, 0, 0.2775327998628892],
    [10, 10, 0.7224672001371106, 1],
    [5, 10, 0.236593090512564, 0.763406909487436],
    [81, 263, 0.2552885198782742, 0.3662095769828],
    [9000, 10000, 0.8939656314740893, 0.9057271698293695],
    [1, 1, 0.2065493143772375, 1],
  ])('of %i of %i', (correct, n, low, high) => {
    const { accuracy, interval } = counted(correct, n);
    expect(accuracy).toBe(correct / n);
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  it('says nothing about no images', () => {
    expect(counted(0, 0)).toEqual({ accuracy: 0, n: 0, interval: [0, 1] });
  });

  it('holds the accuracy, lies in [0, 1] and mirrors', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const correct = Math.round(share * n);
          const { accuracy, interval } = counted(correct, n);
          const mirror = counted(n - correct, n).interval;
          expect(interval[0]).toBeGreaterThanOrEqual(0);
          expect(interval[0]).toBeLessThanOrEqual(accuracy);
          expect(interval[1]).toBeGreaterThanOrEqual(accuracy);
          expect(interval[1]).toBeLessThanOrEqual(1);
          expect(mirror[0]).toBeCloseTo(1 - interval[1], 12);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('clipping', () => {
  const gradients = () => ({
    a: hostTensor([2], Float32Array.of(3, 0)),
    b: hostTensor([1], Float32Array.of(4)),
  });

  it('shortens to the norm over all tensors as torch.nn.utils.clip_grad_norm_', () => {
    const g = gradients();
    expect(clipByGlobalNorm(g, 1)).toBe(5);
    expect(g.a.data[0]).toBe(Math.fround(3 / 5.000001));
    expect(g.b.data[0]).toBe(Math.fround(4 / 5.000001));
  });

  it('leaves short gradients bit for bit, and all where it is off', () => {
    for (const maxNorm of [5.1, 0]) {
      const g = gradients();
      expect(clipByGlobalNorm(g, maxNorm)).toBe(5);
      expect(g).toEqual(gradients());
    }
  });

  it('reports what is not finite and does not spread it', () => {
    const g = { a: hostTensor([1], Float32Array.of(NaN)), b: hostTensor([1], Float32Array.of(1)) };
    expect(clipByGlobalNorm(g, 5)).toBeNaN();
    expect(g.b.data[0]).toBe(1);
    expect(clipByGlobalNorm({ a: hostTensor([1], Float32Array.of(-Infinity)) }, 5)).toBe(Infinity);
  });

  it('sums in double precision', () => {
    // A float32 sum of squares would stop growing at 2^24.
    const ones = { a: hostTensor([2 ** 25], new Float32Array(2 ** 25).fill(1)) };
    expect(clipByGlobalNorm(ones, 0)).toBe(Math.sqrt(2 ** 25));
  });
});

describe('schedules', () => {
  it('anneal by half a cosine, as torch CosineAnnealingLR(T_max=50, eta_min=0.001) from 0.025', () => {
    expect(cosine(0.025, 0.001, 0, 50)).toBe(0.025);
    expect(cosine(0.025, 0.001, 1, 50)).toBeCloseTo(0.02497632074123, 12);
    expect(cosine(0.025, 0.001, 25, 50)).toBeCloseTo(0.013, 12);
    expect(cosine(0.025, 0.001, 50, 50)).toBeCloseTo(0.001, 12);
    expect(cosine(0.025, 0, 10, 0)).toBe(0.025);
  });

  it('fall all the time', () => {
    for (let i = 1; i <= 100; i++) expect(cosine(1, 0.1, i, 100)).toBeLessThan(cosine(1, 0.1, i - 1, 100));
  });

  it('ramp drop path up and the learning rate in', () => {
    expect([0, 0.5, 1].map((progress) => dropPathAt(0.2, progress))).toEqual([0, 0.1, 0.2]);
    expect([0, 0.05, 0.1, 0.9].map((progress) => warmUp(progress, 0.1))).toEqual([0, 0.5, 1, 1]);
    expect(warmUp(0, 0)).toBe(1);
  });
});
