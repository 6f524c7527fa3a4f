import { describe, expect, it } from 'vitest';
import { limitAt, sliderAt } from '../../../../../renderer/pages/guide/data/limitScale.ts';

describe('the slider of images', () => {
  it('runs from the fewest to all', () => {
    expect([limitAt(0, 20, 6000), limitAt(1, 20, 6000)]).toEqual([20, 6000]);
  });

  it('stops at round numbers, never beyond its ends', () => {
    const stops = Array.from({ length: 101 }, (_, i) => limitAt(i / 100, 20, 73_257));
    expect(stops.every((stop) => stop >= 20 && stop <= 73_257)).toBe(true);
    expect(stops.slice(0, -1).every((stop) => Number(stop.toPrecision(2)) === stop)).toBe(true);
    expect(stops.toSorted((a, b) => a - b)).toEqual(stops);
  });

  it('stands where the number says', () => {
    for (const at of [0.2, 0.5, 0.9])
      expect(sliderAt(limitAt(at, 20, 50_000), 20, 50_000)).toBeCloseTo(at, 1);
    expect(sliderAt(5, 20, 6000)).toBe(0);
    expect(sliderAt(Number.NaN, 20, 6000)).toBe(0);
    expect(sliderAt(9999, 20, 6000)).toBe(1);
  });
});
