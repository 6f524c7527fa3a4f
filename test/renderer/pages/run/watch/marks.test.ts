/** Marks on curves: each where it happened, in its own phase. */
import { expect, it } from 'vitest';
import { reduceEvents } from '../../../../../core/runs/reduceEvents.ts';
import type { NewRunEvent, RunEvent } from '../../../../../core/runs/events.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { failureIn, marksOf } from '../../../../../renderer/pages/run/watch/marks.ts';

const step = (n: number): NewRunEvent => ({
  ...{ kind: 'step', phase: 'search', step: n, epoch: 0 },
  metrics: { trainLoss: 1 },
});
const view = (...events: readonly NewRunEvent[]) =>
  reduceEvents(
    emptyView,
    events.map((event, at) => ({ ...event, at }) as RunEvent),
  );

it('a failure is marked at the step after which it came, in its phase', () => {
  const phase: NewRunEvent = { kind: 'phase', phase: 'search', totalSteps: 9, epochs: 3, device: 'd' };
  const failed: NewRunEvent = {
    ...{ kind: 'failed', phase: 'search', step: 2, code: 'not-a-number' },
    ...{ message: 'The loss is not a number.', hint: 'Lower the rate.' },
  };
  const now = view(phase, step(1), step(2), failed);
  const failure = failureIn(now);
  expect(marksOf('search', [], [], failure)).toEqual([
    { x: 2, label: 'The loss is not a number.', tone: 'warn' },
  ]);
  expect(marksOf('retrain', [], [], failure)).toEqual([]);
  expect(failureIn(view(phase, step(1)))).toBeUndefined();
});
