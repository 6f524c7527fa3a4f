import { expect, it } from 'vitest';
import type { Card } from '../../../../core/protocol/machine.ts';
import { measuring } from '../../../../headless/services/library/measuring.ts';

const card: Card = { name: 'NVIDIA H200' };

/** @param answers of one look after the other; undefined = it fails */
function desk(answers: readonly (readonly Card[] | undefined)[]) {
  let looks = 0;
  const { cards } = measuring(
    'no home',
    () => Promise.reject(new Error('not measured here')),
    async () => {
      const answer = answers[looks++];
      await Promise.resolve();
      if (answer === undefined) throw new Error('no look');
      return answer;
    },
  );
  return { cards, looks: () => looks };
}

it('cards are looked up once, for all who ask', async () => {
  const { cards, looks } = desk([[card]]);
  expect(await Promise.all([cards(false), cards(false)])).toEqual([[card], [card]]);
  expect(await cards(false)).toEqual([card]);
  expect(looks()).toBe(1);
});

it('they are looked up again where none answered, or looking failed', async () => {
  const { cards, looks } = desk([[], undefined, [card]]);
  expect(await cards(false)).toEqual([]);
  await expect(cards(false)).rejects.toThrow('no look');
  expect(await cards(false)).toEqual([card]);
  expect(looks()).toBe(3);
});

it('they are looked up again for whoever wants to know it as it is now, and that is kept', async () => {
  const { cards, looks } = desk([[card], [card, card]]);
  await cards(false);
  expect(await cards(true)).toHaveLength(2);
  expect(await cards(false)).toHaveLength(2);
  expect(looks()).toBe(2);
});
