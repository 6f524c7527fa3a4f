import { describe, expect, it } from 'vitest';
import type { RunProcess } from '../../../../../core/protocol/hostApi.ts';
import type { NewRunEvent, RunEvent } from '../../../../../core/runs/events.ts';
import { reduceEvents } from '../../../../../core/runs/reduceEvents.ts';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { controlsOf, runStatus } from '../../../../../renderer/pages/run/frame/runStatus.ts';
import { followEvents, noCourse } from '../../../../../renderer/store/runCourse.ts';

const plan: NewRunEvent = { kind: 'planned', phases: ['search', 'export'], config: RunConfig.parse({}) };
const begin: NewRunEvent = { kind: 'phase', phase: 'search', totalSteps: 10, epochs: 2, device: 'cpu' };
const done: NewRunEvent = { kind: 'finished', phase: 'search', seconds: 1 };

const journal = (...events: NewRunEvent[]) => {
  const stamped = events.map((event, at) => ({ ...event, at }) as RunEvent);
  return { view: reduceEvents(emptyView, stamped), course: followEvents(noCourse, stamped) };
};
const process = (state: RunProcess['state']): RunProcess => ({ runId: 'r', state, restarts: 0 });

describe('where a run stands', () => {
  const { view, course } = journal(plan, begin);

  it('is what its process says, while one works', () => {
    const working = process({ kind: 'working', wish: 'pause' });
    expect(runStatus(view, course, working, 'running')).toEqual({ kind: 'working', wish: 'pause' });
  });

  it('is interrupted where the journal says running and nobody holds the folder', () => {
    expect(runStatus(view, course, undefined, 'interrupted')).toEqual({ kind: 'interrupted' });
  });

  it('is at work elsewhere where another program holds the folder', () => {
    expect(runStatus(view, course, undefined, 'running')).toEqual({ kind: 'elsewhere' });
  });

  it('is not known before the list is read, nor before the journal is read to its end', () => {
    expect(runStatus(view, course, undefined, undefined)).toEqual({ kind: 'unknown' });
    expect(runStatus(view, course, undefined, 'finished')).toEqual({ kind: 'unknown' });
  });

  it('is no work elsewhere where its own process has just ended and the list lags behind', () => {
    const ended = process({ kind: 'ended', outcome: 'paused' });
    const paused = journal(plan, begin, { kind: 'paused', phase: 'search', step: 3 });
    expect(runStatus(paused.view, paused.course, ended, 'running')).toEqual({ kind: 'paused' });
  });

  it('is interrupted between two phases, and finished after the last', () => {
    const between = journal(plan, begin, done);
    expect(runStatus(between.view, between.course, undefined, 'interrupted')).toEqual({
      kind: 'interrupted',
    });
    const all = journal(plan, begin, done, { kind: 'finished', phase: 'export', seconds: 1 });
    expect(runStatus(all.view, all.course, undefined, 'finished')).toEqual({ kind: 'finished' });
  });

  it('has the words of what failed, whoever says them', () => {
    const failure = { code: 'x', message: 'm', hint: 'h' };
    expect(runStatus(view, course, process({ kind: 'failed', failure }), 'interrupted')).toEqual({
      kind: 'failed',
      failure,
    });
    const failed = journal(plan, begin, { kind: 'failed', phase: 'search', step: 2, ...failure });
    expect(runStatus(failed.view, failed.course, undefined, 'failed')).toEqual({ kind: 'failed', failure });
  });
});

describe('what can be asked of a run', () => {
  const { course } = journal(plan, begin);
  const finished = journal(plan, begin, done, { kind: 'finished', phase: 'export', seconds: 1 }).course;

  it('is to pause and to stop while it works', () => {
    expect(controlsOf({ kind: 'working' }, course)).toEqual({ first: 'pause', afterEpoch: 'stopAfterEpoch' });
  });

  it('is to take a wish back', () => {
    expect(controlsOf({ kind: 'working', wish: 'pause' }, course).first).toBe('goOn');
    expect(controlsOf({ kind: 'working', wish: 'stopAfterEpoch' }, course)).toEqual({
      first: 'pause',
      afterEpoch: 'goOn',
    });
    expect(controlsOf({ kind: 'working', wish: 'stop' }, course).stopObstacle).toBe('alreadyAsked');
  });

  it('is not to stop after an epoch where there are none', () => {
    const exporting = journal(plan, begin, done, { ...begin, phase: 'export' }).course;
    expect(controlsOf({ kind: 'working' }, exporting).afterEpochObstacle).toBe('noEpochs');
  });

  it('is to resume what has phases left, and nothing of what is done', () => {
    expect(controlsOf({ kind: 'paused' }, course)).toMatchObject({
      first: 'resume',
      stopObstacle: 'notAtWork',
    });
    expect(controlsOf({ kind: 'paused' }, course).firstObstacle).toBeUndefined();
    expect(controlsOf({ kind: 'finished' }, finished).firstObstacle).toBe('nothingOpen');
  });

  it('is nothing while its journal cannot be read', () => {
    const lost = controlsOf({ kind: 'paused' }, course, true);
    expect([lost.firstObstacle, lost.stopObstacle]).toEqual(['lost', 'lost']);
  });

  it('is nothing while another program works on it', () => {
    expect(controlsOf({ kind: 'elsewhere' }, course)).toEqual({
      first: 'pause',
      firstObstacle: 'elsewhere',
      afterEpoch: 'stopAfterEpoch',
      afterEpochObstacle: 'elsewhere',
      stopObstacle: 'elsewhere',
    });
  });
});
