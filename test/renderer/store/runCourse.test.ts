import { describe, expect, it } from 'vitest';
import type { NewRunEvent, Phase, RunEvent } from '../../../core/runs/events.ts';
import { reduceEvents } from '../../../core/runs/reduceEvents.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import {
  followCourse,
  followEvents,
  noCourse,
  openPhases,
  planProgress,
  runProgress,
  timeLeftOf,
} from '../../../renderer/store/runCourse.ts';

const planned = (...phases: Phase[]): NewRunEvent => ({
  kind: 'planned',
  phases,
  config: RunConfig.parse({}),
});
const begin = (phase: Phase, totalSteps = 100, epochs = 10): NewRunEvent => ({
  kind: 'phase',
  phase,
  totalSteps,
  epochs,
  device: 'cpu',
});
const steps = (phase: Phase, from: number, to: number): NewRunEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    kind: 'step',
    phase,
    step: from + i,
    epoch: 0,
    metrics: {},
  }));
const finished = (phase: Phase, seconds = 5): NewRunEvent => ({ kind: 'finished', phase, seconds });

/** A second between one event and the next. */
const timed = (events: readonly NewRunEvent[]): readonly RunEvent[] =>
  events.map((event, i) => ({ ...event, at: 1000 * i }) as RunEvent);

const after = (...events: NewRunEvent[]) => {
  const journal = timed(events);
  const course = followEvents(noCourse, journal);
  return {
    course,
    view: reduceEvents(emptyView, journal),
    phases: planProgress(course, reduceEvents(emptyView, journal)),
  };
};

const forecast = (...phases: [Phase, number][]): NewRunEvent => ({
  kind: 'forecast',
  phases: phases.map(([phase, seconds]) => ({ phase, seconds })),
  peakMemoryBytes: 1e9,
});

describe('a forecast', () => {
  const plan = [
    planned('search', 'retrain', 'baseline', 'evaluate'),
    forecast(['search', 50], ['retrain', 30], ['baseline', 30], ['evaluate', 8]),
  ];

  it('tells what phases to come will take, until a training like them tells it better', () => {
    const ahead = after(...plan, begin('search'), ...steps('search', 1, 3)).phases;
    expect(ahead.map(({ left }) => left)).toEqual([
      { kind: 'about', ms: 97_000 },
      { kind: 'about', ms: 30_000 },
      { kind: 'about', ms: 30_000 },
      { kind: 'about', ms: 8000 },
    ]);
    expect(timeLeftOf(ahead)).toEqual({ known: { kind: 'about', ms: 165_000 }, without: [] });
    const trained = [begin('search'), finished('search'), begin('retrain'), finished('retrain', 41)];
    expect(
      after(...plan, ...trained)
        .phases.map(({ left }) => left)
        .slice(2),
    ).toEqual([
      { kind: 'about', ms: 41_000 },
      { kind: 'about', ms: 8000 },
    ]);
  });

  it('is not told of a phase without steps that is under way: its parts are counted anew one after the other', () => {
    const { course, view } = after(...plan, begin('evaluate', 1, 1));
    expect(planProgress(course, view, { share: 0.25 })[3].left).toEqual({ kind: 'unknown' });
  });

  it('holds for its own plan alone', () => {
    const { phases } = after(...plan, begin('search'), finished('search'), planned('evaluate'));
    expect(phases.map(({ left }) => left)).toEqual([{ kind: 'unknown' }]);
  });
});

describe('the course of a run', () => {
  it('knows which phases of the last plan are open', () => {
    const { course } = after(planned('search', 'retrain', 'export'), begin('search'), finished('search'));
    expect(openPhases(course)).toEqual(['retrain', 'export']);
  });

  it('begins anew with another plan, though phases of the same name had finished', () => {
    const { course } = after(
      planned('search', 'retrain'),
      begin('search'),
      finished('search'),
      begin('retrain'),
      finished('retrain'),
      planned('retrain', 'evaluate'),
    );
    expect(openPhases(course)).toEqual(['retrain', 'evaluate']);
  });

  it('counts a phase as open again that was begun or resumed again', () => {
    const { course } = after(planned('search'), begin('search'), finished('search'), {
      kind: 'resumed',
      phase: 'search',
      step: 40,
    });
    expect(openPhases(course)).toEqual(['search']);
    expect(course.resumed).toEqual([{ phase: 'search', step: 40, at: 3000 }]);
  });

  it('is the same whether long rows of steps are shortened or not', () => {
    const journal = timed([planned('search'), begin('search', 2000, 4), ...steps('search', 1, 900)]);
    const whole = journal.reduce(followCourse, noCourse);
    expect(followEvents(noCourse, journal)).toEqual(whole);
  });
});

describe('the phases of a run', () => {
  it('are those done before in the order of their time, then those of the last plan', () => {
    const { course, view } = after(
      planned('search', 'retrain', 'evaluate'),
      begin('search'),
      finished('search', 7),
      begin('retrain'),
      finished('retrain'),
      begin('evaluate', 1, 1),
      planned('retrain', 'export'),
      begin('retrain'),
      ...steps('retrain', 1, 50),
    );
    const phases = runProgress(course, view).map(({ phase, state, seconds }) => [phase, state, seconds]);
    // The evaluation was never done, and is not planned any more.
    expect(phases).toEqual([
      ['search', 'done', 7],
      ['retrain', 'current', undefined],
      ['export', 'ahead', undefined],
    ]);
  });
});

describe('the time that is left', () => {
  it('is measured while too few steps are known, then told', () => {
    expect(after(planned('search'), begin('search')).phases[0].left).toEqual({ kind: 'measuring' });
    const { phases } = after(planned('search'), begin('search'), ...steps('search', 1, 40));
    expect(phases[0]).toMatchObject({ state: 'current', share: 0.4, left: { kind: 'about', ms: 60_000 } });
  });

  it('of a baseline is that of the training it resembles', () => {
    const during = after(planned('retrain', 'baseline'), begin('retrain'), ...steps('retrain', 1, 40)).phases;
    expect(during[1].left).toEqual({ kind: 'about', ms: 100_000 });
    const later = after(planned('retrain', 'baseline'), begin('retrain'), finished('retrain', 77)).phases;
    expect(later[1].left).toEqual({ kind: 'about', ms: 77_000 });
  });

  it('of what resembles nothing is not told, and named in the sum', () => {
    const { phases } = after(planned('search', 'export'), begin('search'), ...steps('search', 1, 40));
    expect(phases[1].left).toEqual({ kind: 'unknown' });
    expect(timeLeftOf(phases)).toEqual({ known: { kind: 'about', ms: 60_000 }, without: ['export'] });
  });

  it('is none when all is done', () => {
    const { phases } = after(planned('export'), begin('export', 1, 1), finished('export', 3));
    expect(phases).toEqual([
      { phase: 'export', state: 'done', share: 1, left: { kind: 'none' }, seconds: 3 },
    ]);
    expect(timeLeftOf(phases)).toEqual({ known: { kind: 'none' }, without: [] });
  });

  it('is not told of a phase that is one step, whose share is what its process counts', () => {
    const { course, view } = after(planned('evaluate'), begin('evaluate', 1, 1));
    expect(planProgress(course, view, { share: 0.25 })[0]).toMatchObject({
      share: 0.25,
      left: { kind: 'unknown' },
    });
    expect(planProgress(course, view)[0].share).toBe(0);
    // It counts through, and its pace is known.
    const counted = { share: 0.4, secondsLeft: 12 };
    expect(planProgress(course, view, counted)[0].left).toEqual({ kind: 'about', ms: 12_000 });
  });
});
