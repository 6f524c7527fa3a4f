import { expect, it } from 'vitest';
import { USUAL } from '../../../../../renderer/pages/guide/threat/attacks.ts';
import { epsilonAtPlace, placeOfEpsilon } from '../../../../../renderer/pages/guide/threat/epsilonAxis.ts';

/** Of a few operations on doubles near 1. */
const ROUND_OFF = 1e-9;

it.each(['linf', 'l2'] as const)('finds the usual radii of %s at their places again', (norm) => {
  for (const epsilon of USUAL[norm]) {
    const found = epsilonAtPlace(norm, placeOfEpsilon(norm, epsilon));
    expect(Math.abs(found - epsilon)).toBeLessThan(ROUND_OFF);
  }
});

it('gives whole steps of 1/255 above 4, and quarters below 2', () => {
  const steps = Array.from({ length: 101 }, (_, i) => epsilonAtPlace('linf', i / 100) * 255);
  for (const k of steps) {
    const grid = k < 2 ? 0.25 : k < 4 ? 0.5 : 1;
    expect(Math.abs(k / grid - Math.round(k / grid))).toBeLessThan(ROUND_OFF);
  }
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

it('keeps radii beyond the axis at its ends', () => {
  expect([0, 1e-6, 0.9].map((epsilon) => placeOfEpsilon('linf', epsilon))).toEqual([0, 0, 1]);
});
