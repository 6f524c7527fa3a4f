import { expect, it } from 'vitest';
import { stackRanks } from '../../../../renderer/studio/graph/stackRanks.ts';

const thing = (id: string, height = 20) => ({ id, height });
const link = (from: string, to: string, weight = 1) => ({ from, to, weight });

it('a chain runs level', () => {
  const ys = stackRanks([[thing('a')], [thing('b')], [thing('c')]], [link('a', 'b'), link('b', 'c')]);
  expect([ys.b, ys.c]).toEqual([ys.a, ys.a]);
});

it('what pulls to one place is kept in order and apart', () => {
  const ys = stackRanks([[thing('a')], [thing('b'), thing('c', 40)]], [link('a', 'b'), link('a', 'c')]);
  expect(ys.c - ys.b).toBeCloseTo(44);
  // Between them, by how strongly each pulls.
  expect(ys.a).toBeCloseTo((ys.b + ys.c) / 2);
});

it('the given order stays, whatever would be nearer', () => {
  const ys = stackRanks(
    [
      [thing('a'), thing('b')],
      [thing('c'), thing('d')],
    ],
    [link('a', 'd'), link('b', 'c')],
  );
  expect(ys.a).toBeLessThan(ys.b);
  expect(ys.c).toBeLessThan(ys.d);
});

it('what is linked to nothing gives way', () => {
  const ys = stackRanks([[thing('loose'), thing('a')], [thing('b')]], [link('a', 'b')]);
  expect(ys.a).toBeCloseTo(ys.b);
  expect(ys.a - ys.loose).toBeGreaterThanOrEqual(34);
});
