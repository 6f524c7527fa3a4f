import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Norm } from '../../../core/attacks/norms.ts';
import {
  NORMS,
  ascendRow,
  largestPerturbation,
  measureRow,
  projectRow,
  randomStartRow,
} from '../../../core/attacks/norms.ts';
import { createRng } from '../../../core/base/rng.ts';

const PIXELS = 48;
const norm = fc.constantFrom<Norm>(...NORMS);
/** Radii of 8-bit images, tiny ones, ones that cover everything, and 0. */
const radius = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((k) => k / 255),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 1e-12, max: 1e-6, noNaN: true }),
);
/** Pixels in [0, 1]: of 8-bit images, or any float32. */
const pixel = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((k) => Math.fround(k / 255)),
  fc.float({ min: 0, max: 1, noNaN: true }),
);
const image = fc
  .array(pixel, { minLength: PIXELS, maxLength: PIXELS })
  .map((values) => Float32Array.from(values));
const anywhere = fc
  .array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: PIXELS, maxLength: PIXELS })
  .map((values) => Float32Array.from(values));

function expectWithin(which: Norm, clean: Float32Array, current: Float32Array, epsilon: number): void {
  expect(measureRow(which, clean, current, 0, PIXELS)).toBeLessThanOrEqual(epsilon);
  if (which === 'linf') {
    for (let i = 0; i < PIXELS; i++) {
      // In single precision as well.
      expect(Math.abs(Math.fround(current[i] - clean[i]))).toBeLessThanOrEqual(epsilon);
    }
  }
  expect(current.every((v) => v >= 0 && v <= 1)).toBe(true);
}

describe('the projection', () => {
  it('never leaves the ball or [0, 1], measured without any tolerance', () => {
    fc.assert(
      fc.property(norm, image, anywhere, radius, (which, clean, current, epsilon) => {
        projectRow(which, clean, current, 0, PIXELS, epsilon);
        expectWithin(which, clean, current, epsilon);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('holds for every 8-bit pixel and radius, where the plain sum often leaves the ball', () => {
    let roundedUp = 0;
    for (let k = 0; k <= 255; k++) {
      for (let e = 0; e <= 16; e++) {
        const clean = Float32Array.of(k / 255, k / 255);
        const epsilon = e / 255;
        const naive = Float32Array.of(clean[0] + epsilon, clean[0] - epsilon);
        if (naive[0] - clean[0] > epsilon || clean[0] - naive[1] > epsilon) roundedUp++;
        const current = Float32Array.of(9, -9);
        projectRow('linf', clean, current, 0, 2, epsilon);
        expect(Math.abs(current[0] - clean[0])).toBeLessThanOrEqual(epsilon);
        expect(Math.abs(current[1] - clean[1])).toBeLessThanOrEqual(epsilon);
        // And it goes all the way but for one rounding.
        expect(current[0]).toBeGreaterThan(Math.min(1, clean[0] + epsilon) - 2e-7);
        expect(current[1]).toBeLessThan(Math.max(0, clean[0] - epsilon) + 2e-7);
      }
    }
    expect(roundedUp).toBeGreaterThan(500);
  });

  it('leaves points inside as they are', () => {
    fc.assert(
      fc.property(norm, image, radius, (which, clean, epsilon) => {
        const current = new Float32Array(PIXELS);
        randomStartRow(which, clean, current, 0, PIXELS, epsilon, createRng(3));
        const again = current.slice();
        projectRow(which, clean, again, 0, PIXELS, epsilon);
        expect(again).toEqual(current);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('returns the clean image at radius 0', () => {
    fc.assert(
      fc.property(norm, image, anywhere, (which, clean, current) => {
        projectRow(which, clean, current, 0, PIXELS, 0);
        expect([...current]).toEqual([...clean]);
      }),
      { seed: 3, numRuns: 50 },
    );
  });

  it('shortens an L2 perturbation without turning it', () => {
    const clean = new Float32Array(4).fill(0.5);
    const current = Float32Array.of(0.8, 0.9, 0.5, 0.5);
    projectRow('l2', clean, current, 0, 4, 0.1);
    expect(current[0]).toBeCloseTo(0.56, 6);
    expect(current[1]).toBeCloseTo(0.58, 6);
    expect(measureRow('l2', clean, current, 0, 4)).toBeCloseTo(0.1, 6);
  });

  it('touches no other image of the batch', () => {
    const clean = new Float32Array(9).fill(0.5);
    const current = new Float32Array(9).fill(0.9);
    projectRow('linf', clean, current, 1, 3, 0.1);
    expect([...current].map((v) => v > 0.8)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('the random start', () => {
  it('lies in the ball and in [0, 1]', () => {
    fc.assert(
      fc.property(norm, image, radius, fc.nat(), (which, clean, epsilon, seed) => {
        const current = new Float32Array(PIXELS);
        randomStartRow(which, clean, current, 0, PIXELS, epsilon, createRng(seed));
        expectWithin(which, clean, current, epsilon);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is uniform: in the box by pixel, in the L2 ball by length', () => {
    const rng = createRng(7);
    const clean = new Float32Array(2).fill(0.5);
    const current = new Float32Array(2);
    let inHalf = { linf: 0, l2: 0 };
    for (let i = 0; i < 4000; i++) {
      for (const which of NORMS) {
        randomStartRow(which, clean, current, 0, 2, 0.2, rng);
        if (measureRow(which, clean, current, 0, 2) < 0.1) inHalf = { ...inHalf, [which]: inHalf[which] + 1 };
      }
    }
    // A ball of half the radius has a quarter of the area; 3 standard deviations of a share of 4000 are 0.021.
    expect(inHalf.linf / 4000).toBeCloseTo(0.25, 1);
    expect(Math.abs(inHalf.linf / 4000 - 0.25)).toBeLessThan(0.021);
    expect(Math.abs(inHalf.l2 / 4000 - 0.25)).toBeLessThan(0.021);
  });
});

describe('a step', () => {
  it('goes along the sign in L∞ and along the gradient in L2', () => {
    const clean = new Float32Array(3).fill(0.5);
    const gradient = Float32Array.of(3, -4, 0);
    const linf = clean.slice();
    ascendRow('linf', clean, linf, gradient, 0, 3, 0.2, 0.05);
    expect([...linf].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([0.55, 0.45, 0.5]);
    const l2 = clean.slice();
    ascendRow('l2', clean, l2, gradient, 0, 3, 0.2, 0.05);
    expect([...l2].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([0.53, 0.46, 0.5]);
  });

  it('spends no L2 length on pixels at a border that point outwards', () => {
    const clean = Float32Array.of(1, 0, 0.5, 0);
    const current = clean.slice();
    ascendRow('l2', clean, current, Float32Array.of(100, -100, 3, 4), 0, 4, 0.2, 0.05);
    expect([...current].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([1, 0, 0.53, 0.04]);
  });

  it('stands still where the gradient is zero', () => {
    for (const which of NORMS) {
      const clean = Float32Array.of(0.1, 0.7);
      const current = clean.slice();
      ascendRow(which, clean, current, new Float32Array(2), 0, 2, 0.2, 0.1);
      expect(current).toEqual(clean);
    }
  });

  it.each(NORMS)('refuses a gradient that is not a number in %s', (which) => {
    const clean = Float32Array.of(0.1, 0.7);
    expect(() => ascendRow(which, clean, clean.slice(), Float32Array.of(1, NaN), 0, 2, 0.2, 0.1)).toThrow(
      expect.objectContaining({ code: 'not-a-number' }),
    );
  });

  it('stays in the ball over many steps', () => {
    fc.assert(
      fc.property(norm, image, radius, fc.nat(), (which, clean, epsilon, seed) => {
        const rng = createRng(seed);
        const current = clean.slice();
        for (let k = 0; k < 10; k++) {
          const gradient = Float32Array.from({ length: PIXELS }, () => rng.normal());
          ascendRow(which, clean, current, gradient, 0, PIXELS, epsilon, epsilon / 2);
          expectWithin(which, clean, current, epsilon);
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});

describe('measuring', () => {
  it('takes the largest image, and only those that count', () => {
    const clean = new Float32Array(6);
    const current = Float32Array.of(0.3, -0.4, 0, 0.25, 0.9, 0.9);
    expect(largestPerturbation('linf', clean, current, 2, 2)).toBeCloseTo(0.4, 6);
    expect(largestPerturbation('l2', clean, current, 2, 2)).toBeCloseTo(0.5, 6);
  });
});
