import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate } from '../../../renderer/charts/decimate.ts';

const curve = (ys: readonly number[]) => ({ xs: ys.map((_, i) => i), ys });

describe('decimate', () => {
  it('copies short curves, gaps as null', () => {
    expect(decimate(curve([1, Number.NaN, 3]), 10)).toEqual({ xs: [0, 1, 2], ys: [1, null, 3] });
  });

  it('keeps ends, lowest and highest point of any long curve, in order, in so many points', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 60, maxLength: 600 });
    fc.assert(
      fc.property(values, (ys) => {
        const { xs, ys: kept } = decimate(curve(ys), 40);
        expect(xs.length).toBeLessThanOrEqual(40);
        expect(xs).toEqual(xs.toSorted((a, b) => a - b));
        expect(new Set(xs).size).toBe(xs.length);
        expect([xs[0], xs.at(-1)]).toEqual([0, ys.length - 1]);
        expect(kept).toEqual(xs.map((x) => ys[x]));
        expect(Math.max(...kept.map(Number))).toBe(Math.max(...ys));
        expect(Math.min(...kept.map(Number))).toBe(Math.min(...ys));
      }),
    );
  });

  it('passes over stretches without any value', () => {
    const ys = Array.from({ length: 1000 }, (_, i) => (i > 200 && i < 800 ? Number.NaN : i));
    const { xs } = decimate(curve(ys), 20);
    expect(xs.filter((x) => x > 200 && x < 800)).toEqual([]);
  });
});
