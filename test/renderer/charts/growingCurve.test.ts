import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Curve } from '../../../renderer/charts/decimate.ts';
import { firstAtOrAfter, growingCurve } from '../../../renderer/charts/growingCurve.ts';

const curve = (ys: readonly number[], firstX = 1): Curve => ({ xs: ys.map((_, i) => firstX + i), ys });
const wave = (length: number): number[] =>
  Array.from({ length }, (_, i) => Math.sin(i / 37) * (1 + i / 1000));

/** What a curve gives that was taken in one piece. */
const fresh = (given: Curve, smoothing = 0, range?: readonly [number, number]) => {
  const one = growingCurve(smoothing);
  one.take(given);
  return one.points(range);
};

describe('a curve that grows', () => {
  it('keeps every point while there are few', () => {
    const given = curve([3, NaN, 1]);
    expect(fresh(given)).toEqual({ xs: [1, 2, 3], ys: [3, null, 1] });
  });

  it('draws the same, however it grew', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pieces, fc.constantFrom(0, 0.9), (sizes, smoothing) => {
        const ys = wave(sizes.reduce((a, b) => a + b));
        const grown = growingCurve(smoothing);
        let length = 0;
        for (const size of sizes) {
          length += size;
          grown.take(curve(ys.slice(0, length)));
        }
        expect(grown.points()).toEqual(fresh(curve(ys), smoothing));
      }),
    );
  });

  it('keeps the highest and the lowest value of a long curve, and its last', () => {
    const ys = wave(50_000);
    ys[31_234] = 1e6;
    ys[777] = -1e6;
    const { xs, ys: drawn } = fresh(curve(ys));
    expect(xs.length).toBeLessThan(1000);
    expect(drawn).toContain(1e6);
    expect(drawn).toContain(-1e6);
    expect([xs.at(-1), drawn.at(-1)]).toEqual([50_000, ys.at(-1)]);
  });

  it('has its points at x in ascending order, the same for all curves over the same x', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), (length) => {
        const { xs } = fresh(curve(wave(length)));
        expect(xs.every((x, i) => i === 0 || x > xs[i - 1])).toBe(true);
        expect(fresh(curve(wave(length).map((y) => -y * y))).xs).toEqual(xs);
      }),
    );
  });

  it('shows every point of the part looked at', () => {
    const ys = wave(20_000);
    const { xs, ys: drawn } = fresh(curve(ys), 0, [5000, 5400]);
    const from = firstAtOrAfter(xs, 5000);
    expect(xs.slice(from, from + 400)).toEqual(Array.from({ length: 400 }, (_, i) => 5000 + i));
    expect(drawn.slice(from, from + 400)).toEqual(ys.slice(4999, 5399));
    expect([xs[0], xs.at(-1)]).toEqual([1, 20_000]);
  });

  it('forgets what was taken back', () => {
    const grown = growingCurve(0.9);
    grown.take(curve(wave(4000)));
    const rewound = curve([...wave(2500), ...wave(1000).map((y) => y + 5)]);
    grown.take(curve(wave(2500)));
    grown.take(rewound);
    expect(grown.points()).toEqual(fresh(rewound, 0.9));
  });

  it('begins its running mean at the first value, not at nothing', () => {
    expect(fresh(curve([4, 4, 4]), 0.9).ys.map((y) => Number(y?.toFixed(9)))).toEqual([4, 4, 4]);
    // m̂_2 = (0.5·0.5·1 + 0.5·3) / (1 − 0.25)
    expect(fresh(curve([1, 3]), 0.5).ys[1]).toBeCloseTo(7 / 3, 12);
  });

  it('passes over values that are no numbers', () => {
    expect(fresh(curve([NaN, 2, NaN, 2]), 0.5).ys).toEqual([null, 2, 2, 2]);
  });
});
