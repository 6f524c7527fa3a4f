import { expect, it } from 'vitest';
import {
  FIRST_WISH,
  mistakesOf,
  readEvaluationWish,
} from '../../../../../renderer/pages/run/robustness/evaluationWish.ts';

const reloaded = (wish: unknown): unknown => JSON.parse(JSON.stringify(wish));

it('a measurement that was put together is read after a reload as it was, its mistakes included', () => {
  const wishes = [
    FIRST_WISH,
    { ...FIRST_WISH, attack: 'fgsm', norm: 'l2', radii: '0.1, x', steps: undefined, limit: 30 } as const,
  ];
  for (const wish of wishes) expect(readEvaluationWish(reloaded(wish))).toEqual(wish);
  const wrong = readEvaluationWish(reloaded({ ...FIRST_WISH, limit: Number.NaN }));
  expect(wrong === undefined ? undefined : mistakesOf(wrong)).toHaveProperty('limit');
});

it('what this version cannot read was not kept', () => {
  for (const kept of [undefined, 'pgd', {}, { ...FIRST_WISH, norm: 'l1' }])
    expect(readEvaluationWish(kept)).toBeUndefined();
});
