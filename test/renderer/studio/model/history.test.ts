import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { History } from '../../../../renderer/studio/model/history.ts';
import {
  MOST_STEPS,
  canRedo,
  canUndo,
  goTo,
  present,
  record,
  redo,
  startHistory,
  undo,
} from '../../../../renderer/studio/model/history.ts';

const filled = (steps: readonly number[]): History<number> =>
  steps.reduce<History<number>>((history, step) => record(history, step), startHistory(-1));

it('undoing as often as was recorded leads back to the start, and redoing to the end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: MOST_STEPS - 1 }), (steps) => {
      const full = filled(steps);
      const back = steps.reduce((history) => undo(history), full);
      expect(present(back)).toBe(-1);
      expect(canUndo(back)).toBe(false);
      const forth = steps.reduce((history) => redo(history), back);
      expect(forth).toEqual(full);
      expect(canRedo(forth)).toBe(false);
    }),
    { seed: 3 },
  );
});

it('a new step after undoing takes the place of what was undone', () => {
  const history = record(undo(undo(filled([1, 2, 3]))), 9);
  expect(history).toEqual({ steps: [-1, 1, 9], at: 2 });
});

it('undo at the start and redo at the end change nothing', () => {
  const start = startHistory('a');
  expect(undo(start)).toBe(start);
  expect(redo(start)).toBe(start);
});

it('goes to any step, and to an end where there is none such', () => {
  const history = filled([1, 2, 3]);
  expect(present(goTo(history, 1))).toBe(1);
  expect(present(goTo(history, -5))).toBe(-1);
  expect(present(goTo(history, 50))).toBe(3);
});

it('forgets the oldest steps where there are too many', () => {
  const history = filled(Array.from({ length: 3 * MOST_STEPS }, (_, i) => i));
  expect(history.steps).toHaveLength(MOST_STEPS);
  expect(present(history)).toBe(3 * MOST_STEPS - 1);
});
