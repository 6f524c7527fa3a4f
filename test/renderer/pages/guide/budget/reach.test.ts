import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../../../core/searchSpace/space.ts';
import { lackOf, outOfReach, withNearest } from '../../../../../renderer/pages/guide/budget/reach.ts';

const range = { minParams: 1000, maxParams: 5000, minMacs: 10_000, maxMacs: 90_000 };

describe('bounds out of reach', () => {
  it('are told with the nearest size there is', () => {
    expect(outOfReach({ maxParams: 900, minMacs: 95_000 }, range)).toEqual([
      { quantity: 'params', networksAre: 'larger', bound: 900, nearest: 1000 },
      { quantity: 'macs', networksAre: 'smaller', bound: 95_000, nearest: 90_000 },
    ]);
  });

  it.each<Budget>([{}, { minParams: 1 }, { maxParams: 1_000_000 }, { minParams: 5000 }, { maxParams: 1000 }])(
    'are not those that some network keeps to: %j',
    (budget) => {
      expect(outOfReach(budget, range)).toEqual([]);
    },
  );

  it.each<Budget>([
    { minParams: 10, maxParams: 900 },
    { minParams: 6000, maxParams: 7000 },
    { maxParams: 5, minMacs: 1e6 },
    { minParams: 950, maxParams: 900, maxMacs: 20_000 },
  ])('are moved to where a network lies, the others stay: %j', (budget) => {
    const moved = withNearest(budget, outOfReach(budget, range));
    expect(outOfReach(moved, range)).toEqual([]);
    expect((moved.minParams ?? 0) <= (moved.maxParams ?? Infinity)).toBe(true);
    expect(moved.maxMacs).toBe(budget.maxMacs);
  });
});

describe('an objective that holds bounds', () => {
  const none = { low: undefined, high: undefined };

  it('lacks what its bound needs', () => {
    expect(lackOf('both', none, undefined)).toBe('bounds');
    expect(lackOf('min', { ...none, high: 5 }, undefined)).toBe('low');
    expect(lackOf('max', { ...none, low: 5 }, undefined)).toBe('high');
    expect(lackOf('abs', { low: 1, high: 5 }, undefined)).toBe('target');
  });

  it('lacks nothing else', () => {
    expect(lackOf('both', { ...none, low: 5 }, undefined)).toBeUndefined();
    expect(lackOf('min', { ...none, low: 5 }, undefined)).toBeUndefined();
    expect(lackOf('abs', none, 5)).toBeUndefined();
    expect(lackOf('none', none, undefined)).toBeUndefined();
  });
});
