import { expect, it } from 'vitest';
import { common } from '../../../renderer/texts/common.ts';
import { run } from '../../../renderer/texts/run.ts';

it('progress is told as far as it is known', () => {
  const told = [common.ofTotal(3, 10), common.ofTotal(0, 10), common.ofTotal(1234, 0), common.ofTotal(0, 0)];
  expect(told).toEqual(['3 of 10', '0 of 10', '1,234', '']);
  expect([run.counting('attack', 3, 10), run.counting('attack', 0, 0)]).toEqual([
    'attack: 3 of 10',
    'attack',
  ]);
});
