import { expect, it } from 'vitest';
import { histogramOf } from '../../../../../renderer/pages/guide/budget/histogram.ts';

const scale = { min: 0, max: 100, kind: 'linear' } as const;

it('counts into bins, the ends included, and leaves out what lies beyond', () => {
  expect(histogramOf([0, 10, 30, 100, 101, -1], scale, 4)).toEqual([1, 0.5, 0, 0.5]);
});

it('is flat without values', () => {
  expect(histogramOf([], scale, 3)).toEqual([0, 0, 0]);
});
