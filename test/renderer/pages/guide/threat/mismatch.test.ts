import { expect, it } from 'vitest';
import { AttackConfig } from '../../../../../core/runs/runConfig.ts';
import { mismatches } from '../../../../../renderer/pages/guide/threat/mismatch.ts';

const at = (k: number, norm: 'linf' | 'l2' = 'linf'): AttackConfig =>
  AttackConfig.parse({ norm, epsilon: norm === 'l2' ? k : k / 255 });
const kinds = (search: number | undefined, training: number | undefined, measured: readonly AttackConfig[]) =>
  mismatches({
    search: search === undefined ? undefined : search / 255,
    training: training === undefined ? undefined : training / 255,
    measured,
  }).map(({ kind }) => kind);

it('finds nothing where training and measurement agree', () => {
  expect(kinds(2, 8, [at(8)])).toEqual([]);
  expect(kinds(undefined, 4, [at(4)])).toEqual([]);
  expect(kinds(2, 8, [])).toEqual([]);
});

it('tells training on clean images, and against another radius', () => {
  expect(kinds(2, undefined, [at(8)])).toEqual(['clean']);
  expect(kinds(2, 1, [at(8)])).toEqual(['training']);
  expect(kinds(2, 8, [at(2)])).toEqual(['training']);
  expect(kinds(undefined, 8, [at(10)])).toEqual([]);
});

it('compares with the headline, whatever stands before it', () => {
  expect(kinds(2, 8, [at(1), at(16), at(8)])).toEqual([]);
  expect(kinds(undefined, 8, [at(8), at(1)])).toEqual(['training']);
});

it('allows a search a smaller radius, and not any', () => {
  expect(kinds(2, 8, [at(8)])).toEqual([]);
  expect(kinds(1, 8, [at(8)])).toEqual(['search']);
});

it('tells another norm', () => {
  expect(kinds(2, 8, [at(0.5, 'l2')])).toEqual(['norm']);
  expect(kinds(2, 8, [at(0.5, 'l2'), at(8)])).toEqual([]);
});
