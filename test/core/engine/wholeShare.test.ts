/** The share of an evaluation that is done. */
import { expect, it } from 'vitest';
import { countThrough } from '../../../core/engine/wholeShare.ts';
import { AttackConfig } from '../../../core/runs/runConfig.ts';

const fgsm = AttackConfig.parse({ attack: 'fgsm', epsilon: 8 / 255, steps: 1 });
const pgd = AttackConfig.parse({ attack: 'pgd', epsilon: 8 / 255, steps: 10, restarts: 2, limit: 50 });

it('grows from 0 to 1 over clean images, attacks and networks, by the passes that each takes', () => {
  const one = countThrough(100, [fgsm, pgd], { at: 0, of: 1 });
  // 100 clean, 100 · (1 + 3) by FGSM, 50 · (1 + 3 · 20) by PGD
  const all = 100 + 400 + 3050;
  expect([one(0, 0), one(0, 1), one(1, 0.5), one(2, 0)]).toEqual([0, 100 / all, 300 / all, 500 / all]);
  expect(one(2, 1)).toBe(1);
  const second = countThrough(100, [fgsm, pgd], { at: 1, of: 2 });
  expect([second(0, 0), second(2, 1)]).toEqual([0.5, 1]);
});

it('is a number where there is nothing to count', () => {
  expect(countThrough(0, [], { at: 0, of: 2 })(0, 0 / 0)).toBe(0);
});
