import { expect, it } from 'vitest';
import { epochsOf, LENGTHS, lengthOf } from '../../../../../renderer/pages/guide/strategy/trainingLength.ts';

it('knows each length again by its epochs', () => {
  for (const standard of [8, 50, 600]) {
    for (const length of LENGTHS) expect(lengthOf(epochsOf(length, standard), standard)).toBe(length);
  }
  expect(lengthOf(7, 600)).toBeUndefined();
});

it('keeps to what a training may be', () => {
  expect(epochsOf('short', 1)).toBe(1);
  expect(epochsOf('long', 90_000)).toBe(100_000);
  expect(lengthOf(1, 1)).toBe('standard');
});
