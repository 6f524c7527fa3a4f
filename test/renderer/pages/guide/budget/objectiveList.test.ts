import { expect, it } from 'vitest';
import {
  readObjectives,
  switchedOff,
  switchedOn,
  withSetting,
} from '../../../../../renderer/pages/guide/budget/objectiveList.ts';

const chosen = readObjectives([
  { id: 'validationLoss' },
  { id: 'expectedParams', config: { bound: 'both' } },
]);

it('reads what stands in a draft, and nothing that is no objective', () => {
  expect(readObjectives([{ id: 'a' }, 'b', { config: {} }, { id: 'c', config: 5 }])).toEqual([
    { id: 'a', config: {} },
    { id: 'c', config: {} },
  ]);
  expect(readObjectives('a')).toEqual([]);
});

it('gives settings back to an objective that is switched on again', () => {
  const off = switchedOff(chosen, 'expectedParams');
  expect(off.map(({ id }) => id)).toEqual(['validationLoss']);
  expect(switchedOn(off, 'expectedParams', chosen[1].config)).toEqual(chosen);
  expect(switchedOn(chosen, 'validationLoss', undefined)).toBe(chosen);
});

it('changes one setting of one objective', () => {
  const next = withSetting(chosen, 'expectedParams', 'target', 5);
  expect(next[1].config).toEqual({ bound: 'both', target: 5 });
  expect(next[0]).toBe(chosen[0]);
  expect(withSetting(next, 'expectedParams', 'target', undefined)).toEqual(chosen);
});
