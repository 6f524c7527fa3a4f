import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastExample, fgsmExample, freeStart, freeUpdate } from '../../../core/attacks/searchAdversary.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { HostTensor } from '../../../core/compute/program.ts';
import { hostTensor } from '../../../core/compute/program.ts';

const SHAPE = [2, 4, 4, 3];
const SIZE = 96;

function tensor(value: (i: number) => number): HostTensor {
  return hostTensor(
    SHAPE,
    Float32Array.from({ length: SIZE }, (_, i) => value(i)),
  );
}

function randomTensor(seed: number, low: number, high: number): HostTensor {
  const rng = createRng(seed);
  return tensor(() => rng.uniform(low, high));
}

function expectValid(clean: HostTensor, attacked: HostTensor, epsilon: number): void {
  expect(attacked.shape).toEqual(clean.shape);
  attacked.data.forEach((v, i) => {
    expect(Math.abs(v - clean.data[i])).toBeLessThanOrEqual(epsilon);
    expect(v >= 0 && v <= 1).toBe(true);
  });
}

describe('the adversaries of the search', () => {
  it('stay within ε and [0, 1], and keep what they were given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 0, max: 32 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        async (seed, k, stepSize) => {
          const epsilon = k / 255;
          const clean = randomTensor(seed, 0, 1);
          const gradient = randomTensor(seed + 1, -1, 1);
          const before = clean.data.slice();
          const settings = { epsilon, stepSize };
          const start = freeStart(clean, epsilon, createRng(seed));
          const results = [
            fgsmExample(clean, gradient, settings, createRng(seed)),
            await fastExample(clean, async () => gradient, settings, createRng(seed)),
            start,
            freeUpdate(clean, start, gradient, epsilon),
          ];
          for (const attacked of results) {
            expectValid(clean, attacked, epsilon);
            expect(attacked.data).not.toBe(clean.data);
            if (k === 0) expect(attacked.data).toEqual(clean.data);
          }
          expect(clean.data).toEqual(before);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('reach the corner from any start when the step is 2ε: the loss of a linear model rises by ε·Σ|g|', () => {
    const clean = randomTensor(5, 0.3, 0.7);
    const gradient = randomTensor(6, -1, 1);
    const epsilon = 8 / 255;
    const attacked = fgsmExample(clean, gradient, { epsilon, stepSize: 2 }, createRng(1));
    const rise = [...attacked.data].reduce((sum, v, i) => sum + gradient.data[i] * (v - clean.data[i]), 0);
    const most = epsilon * [...gradient.data].reduce((sum, g) => sum + Math.abs(g), 0);
    expect(rise).toBeLessThanOrEqual(most);
    expect(rise / most).toBeGreaterThan(1 - 1e-5);
  });

  it('do not all reach the corner with the authors’ step of 1.25ε, but move up on average by 0.9ε', () => {
    // E[min(U + 1.25, 1)] for U uniform in (−1, 1): 1 − ∫ over U < −0.25 of (−0.25 − U)/2 dU = 1 − 0.75²/4.
    const expected = 1 - 0.75 ** 2 / 4;
    const clean = tensor(() => 0.5);
    const gradient = tensor(() => 1);
    let sum = 0;
    for (let run = 0; run < 100; run++) {
      const { data } = fgsmExample(clean, gradient, { epsilon: 0.1, stepSize: 1.25 }, createRng(run));
      sum += [...data].reduce((total, v) => total + (v - 0.5) / 0.1, 0) / SIZE;
    }
    expect(sum / 100).toBeCloseTo(expected, 2);
  });

  it('ask for the gradient where they should: fast at the random start, which is inside the ball', async () => {
    const clean = randomTensor(8, 0, 1);
    const asked: HostTensor[] = [];
    const gradient = tensor((i) => (i % 2 === 0 ? 1 : -1));
    const result = await fastExample(
      clean,
      async (images) => {
        asked.push(images);
        return gradient;
      },
      { epsilon: 0.1, stepSize: 0.5 },
      createRng(4),
    );
    expect(asked).toHaveLength(1);
    expectValid(clean, asked[0], 0.1);
    expect(asked[0].data).not.toEqual(clean.data);
    result.data.forEach((v, i) => {
      const step = (i % 2 === 0 ? 1 : -1) * 0.05;
      const free = asked[0].data[i] + step;
      const bounded = Math.max(
        0,
        Math.min(1, Math.max(clean.data[i] - 0.1, Math.min(clean.data[i] + 0.1, free))),
      );
      expect(v).toBeCloseTo(bounded, 6);
    });
  });

  it('repeat from the same seed and differ from another', () => {
    const clean = randomTensor(9, 0, 1);
    const gradient = randomTensor(10, -1, 1);
    const run = (seed: number): HostTensor =>
      fgsmExample(clean, gradient, { epsilon: 0.1, stepSize: 1.25 }, createRng(seed));
    expect(run(1)).toEqual(run(1));
    expect(run(1).data).not.toEqual(run(2).data);
  });
});
