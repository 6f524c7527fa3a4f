import { expect, it } from 'vitest';
import { DARTS_PRIMITIVES } from '../../../../../core/searchSpace/genotype.ts';
import { knownOperations, withOperation } from '../../../../../renderer/pages/guide/space/operations.ts';

it('candidates are those of DARTS where none were chosen, and only such as there are', () => {
  expect(knownOperations(undefined)).toEqual(DARTS_PRIMITIVES);
  expect(knownOperations(['skip_connect', 'x', 'none'])).toEqual(['none', 'skip_connect']);
  expect(knownOperations('none')).toEqual([]);
});

it('one comes in or goes, in the order of the alphas', () => {
  expect(withOperation(['skip_connect'], 'none', true)).toEqual(['none', 'skip_connect']);
  expect(withOperation(['none', 'skip_connect'], 'none', false)).toEqual(['skip_connect']);
});
