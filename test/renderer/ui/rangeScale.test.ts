import { describe, expect, it } from 'vitest';
import { placeOf, scaleFor, ticksOf, valueAtPlace } from '../../../renderer/ui/rangeScale.ts';

/** Values are rounded to a two-hundredth of an even axis, and to less of a logarithmic one. */
const ROUNDING = 1 / 200;

const linear = scaleFor(45_690, 204_282);
const log = scaleFor(1000, 1_000_000);

describe('an axis of sizes', () => {
  it('is logarithmic where the largest is many times the smallest', () => {
    expect([linear.kind, log.kind, scaleFor(0, 100).kind]).toEqual(['linear', 'log', 'linear']);
  });

  it.each([linear, log])('has both ends exactly ($kind)', (scale) => {
    expect([valueAtPlace(scale, 0), valueAtPlace(scale, 1)]).toEqual([scale.min, scale.max]);
    expect([valueAtPlace(scale, -1), valueAtPlace(scale, 2)]).toEqual([scale.min, scale.max]);
    expect([placeOf(scale, scale.min), placeOf(scale, scale.max)]).toEqual([0, 1]);
  });

  it.each([linear, log])('moves to another value at every hundredth ($kind)', (scale) => {
    const values = Array.from({ length: 101 }, (_, i) => valueAtPlace(scale, i / 100));
    expect(new Set(values).size).toBe(101);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  it.each([linear, log])('finds the place of a value again, as near as its rounding ($kind)', (scale) => {
    for (const place of [0.1, 0.25, 0.5, 0.9]) {
      expect(Math.abs(placeOf(scale, valueAtPlace(scale, place)) - place)).toBeLessThan(ROUNDING);
    }
  });

  it('gives places beyond the ends to values beyond them', () => {
    expect(placeOf(linear, 1000)).toBeLessThan(0);
    expect(placeOf(linear, 300_000)).toBeGreaterThan(1);
  });

  it('has round ticks inside its ends', () => {
    expect(ticksOf(linear)).toEqual([50_000, 100_000, 150_000, 200_000]);
    expect(ticksOf(log)).toEqual([1000, 2000, 5000, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6]);
  });

  it('stands still where only one size can be had', () => {
    const point = scaleFor(5000, 5000);
    expect([placeOf(point, 5000), valueAtPlace(point, 0.5), ticksOf(point)]).toEqual([0, 5000, [5000]]);
  });
});
