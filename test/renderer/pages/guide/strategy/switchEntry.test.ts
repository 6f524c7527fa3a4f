import { expect, it } from 'vitest';
import type { Entry } from '../../../../../renderer/pages/guide/strategy/switchEntry.ts';
import { switchEntry } from '../../../../../renderer/pages/guide/strategy/switchEntry.ts';

const rate = { title: 'Rate', type: 'number' };
const entries: readonly Entry[] = [
  { id: 'a', settings: { properties: { rate, adversary: { type: 'string', enum: ['none'] } } } },
  { id: 'b', settings: { properties: { rate, step: { type: 'number', unit: 'ε' } } } },
];

it('takes along what both entries have, and gives everything back on the way back', () => {
  const from = { id: 'a', config: { rate: 0.1, adversary: 'none' } };
  expect(switchEntry(from, 'b', entries, new Map())).toEqual({ id: 'b', config: { rate: 0.1 } });
  const changed = { id: 'b', config: { rate: 0.5, step: 2 } };
  expect(switchEntry(changed, 'a', entries, new Map([['a', from.config]]))).toEqual(from);
});

it('chooses entries that nobody knows without settings', () => {
  expect(switchEntry({ id: 'x', config: { rate: 1 } }, 'b', entries, new Map())).toEqual({
    id: 'b',
    config: {},
  });
});
