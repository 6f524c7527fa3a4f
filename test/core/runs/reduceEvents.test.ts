import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase, RunEvent } from '../../../core/runs/events.ts';
import { reduceEvents } from '../../../core/runs/reduceEvents.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { RunView } from '../../../core/runs/runView.ts';

const oneByOne = (events: readonly RunEvent[]): RunView => events.reduce(reduceRun, emptyView);

const phase = fc.constantFrom<Phase>('search', 'retrain');
const step = fc.record({
  kind: fc.constant('step' as const),
  at: fc.nat(),
  phase,
  step: fc.integer({ min: 1, max: 30 }),
  epoch: fc.nat(5),
  metrics: fc.dictionary(fc.constantFrom('trainLoss', 'gradNorm'), fc.double({ noNaN: true })),
});
const other = fc.oneof(
  fc.record({
    kind: fc.constant('phase' as const),
    at: fc.nat(),
    phase,
    totalSteps: fc.nat(),
    epochs: fc.nat(),
    device: fc.constant('cpu'),
  }),
  fc.record({ kind: fc.constant('resumed' as const), at: fc.nat(), phase, step: fc.nat(30) }),
  fc.record({
    kind: fc.constant('epoch' as const),
    at: fc.nat(),
    phase,
    epoch: fc.nat(5),
    step: fc.nat(30),
    metrics: fc.constant({ heldOutLoss: 1 }),
  }),
);

/** Steps that count on for the greater part, as in a journal. */
const journal = fc
  .array(fc.oneof({ weight: 8, arbitrary: step }, { weight: 1, arbitrary: other }), { maxLength: 60 })
  .map((events): readonly RunEvent[] => {
    let last = 0;
    return events.map((event, i) => {
      if (event.kind !== 'step') return event;
      last = i % 7 === 6 ? event.step : last + 1;
      return { ...event, step: last };
    });
  });

describe('folding many events at once', () => {
  it('gives the view that one event after the other gives', () => {
    fc.assert(
      fc.property(journal, (events) => {
        expect(reduceEvents(emptyView, events)).toEqual(oneByOne(events));
      }),
    );
  });

  it('goes on from any earlier view, and leaves that one as it was', () => {
    fc.assert(
      fc.property(journal, fc.nat(60), (events, cut) => {
        const before = reduceEvents(emptyView, events.slice(0, cut));
        const shown = structuredClone(before);
        expect(reduceEvents(before, events.slice(cut))).toEqual(oneByOne(events));
        expect(before).toEqual(shown);
      }),
    );
  });

  it('keeps two views that grew from one apart', () => {
    const steps = (values: readonly number[]): RunEvent[] =>
      values.map((value, i) => ({
        kind: 'step',
        at: i,
        phase: 'search',
        step: i + 1,
        epoch: 0,
        metrics: { trainLoss: value },
      }));
    const start = reduceEvents(emptyView, [
      { kind: 'phase', at: 0, phase: 'search', totalSteps: 9, epochs: 1, device: 'cpu' },
      ...steps([1, 2]),
    ]);
    const first = reduceEvents(start, steps([0, 0, 3, 4]).slice(2));
    const second = reduceEvents(start, steps([0, 0, 5, 6]).slice(2));
    expect([...(first.phases.search?.series.trainLoss.values ?? [])]).toEqual([1, 2, 3, 4]);
    expect([...(second.phases.search?.series.trainLoss.values ?? [])]).toEqual([1, 2, 5, 6]);
  });
});
