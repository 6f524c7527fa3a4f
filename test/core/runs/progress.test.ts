import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../core/runs/events.ts';
import { measurePace, noPace, remainingMs, stepsPerSecond } from '../../../core/runs/progress.ts';
import type { Pace } from '../../../core/runs/progress.ts';

/** Folds events, each so many milliseconds after the one before. */
function paceOf(...events: readonly (readonly [number, NewRunEvent])[]): Pace {
  let at = 1000;
  return events.reduce((pace, [ms, event]) => {
    at += ms;
    return measurePace(pace, { ...event, at } as RunEvent);
  }, noPace);
}
const step = (n: number): NewRunEvent => ({ kind: 'step', phase: 'search', step: n, epoch: 0, metrics: {} });
const epoch: NewRunEvent = { kind: 'epoch', phase: 'search', epoch: 0, step: 0, metrics: {} };
const paused: NewRunEvent = { kind: 'paused', phase: 'search', step: 0 };
const resumed: NewRunEvent = { kind: 'resumed', phase: 'search', step: 0 };
const expected: NewRunEvent = { kind: 'expected', phase: 'search', epochEndMs: 2000 };
const compiling: NewRunEvent = { kind: 'compiling', program: 'p', status: 'tracing' };

describe('progress', () => {
  it('is unknown before two steps were seen', () => {
    expect(stepsPerSecond(noPace)).toBeUndefined();
    expect(remainingMs(paceOf([0, step(1)]), 10, 0)).toBeUndefined();
  });

  it('leaves out a step that stood still', () => {
    const pace = paceOf([0, step(1)], [100, step(2)], [9000, step(3)], [100, step(4)], [100, step(5)]);
    expect(stepsPerSecond(pace)).toBe(10);
    expect(remainingMs(pace, 20, 0)).toBe(2000);
  });

  it('counts what other programs take from some steps', () => {
    const pace = paceOf([0, step(1)], [100, step(2)], [200, step(3)], [100, step(4)], [200, step(5)]);
    expect(remainingMs(pace, 10, 0)).toBe(1500);
  });

  it('divides events that stand for several steps', () => {
    expect(stepsPerSecond(paceOf([0, step(10)], [500, step(20)]))).toBe(20);
  });

  it.each([
    ['a pause', [50_000, paused], [70_000, resumed]],
    ['compiling', [50_000, compiling], [60_000, { ...compiling, status: 'done' }]],
    ['an interruption', [50_000, resumed], [0, resumed]],
  ] as const)('does not count %s', (_, first, second) => {
    const pace = paceOf([0, step(1)], [100, step(2)], first, second, [5000, step(3)], [100, step(4)]);
    expect(pace.steps).toEqual([100, 100]);
  });

  it('counts the end of an epoch apart from its steps', () => {
    const pace = paceOf([0, step(1)], [100, step(2)], [700, epoch], [200, step(3)], [100, step(4)]);
    expect(pace.steps).toEqual([100, 100]);
    expect(pace.epochs).toEqual([800]);
    expect(remainingMs(pace, 10, 2)).toBe(1000 + 1600);
  });

  it('expects what was told of the end of an epoch, and less of that the more of them were timed', () => {
    const begun = [[0, expected] as const, [0, step(1)] as const, [100, step(2)] as const];
    expect(remainingMs(paceOf(...begun), 10, 4)).toBe(1000 + 4 * 2000);
    const one = [...begun, [0, epoch] as const, [600, step(3)] as const];
    expect(paceOf(...one).epochs).toEqual([500]);
    // A quarter of the four is known to have taken 500.
    expect(remainingMs(paceOf(...one), 10, 3)).toBe(1000 + 3 * (0.25 * 500 + 0.75 * 2000));
    const two = [...one, [0, epoch] as const, [600, step(4)] as const];
    expect(remainingMs(paceOf(...two), 10, 2)).toBe(1000 + 2 * (0.5 * 500 + 0.5 * 2000));
    expect(remainingMs(paceOf(...two), 10, 0)).toBe(1000);
  });

  it('does not take the timing of an end of an epoch for a step', () => {
    expect(paceOf([0, step(1)], [3000, expected], [100, step(2)], [100, step(3)]).steps).toEqual([100]);
  });

  it('forgets what is long ago, starts anew with a phase, and is never negative', () => {
    const slow = Array.from({ length: 100 }, (_, i) => [1000, step(i)] as const);
    const fast = Array.from({ length: 64 }, (_, i) => [10, step(100 + i)] as const);
    expect(stepsPerSecond(paceOf(...slow, ...fast))).toBe(100);
    expect(remainingMs(paceOf(...slow), -5, -1)).toBe(0);
    const begun: NewRunEvent = { kind: 'phase', phase: 'retrain', totalSteps: 1, epochs: 1, device: 'x' };
    expect(paceOf(...slow, [0, begun])).toEqual(noPace);
  });

  it('survives a clock that was set back and steps that come again', () => {
    const pace = paceOf([0, step(1)], [-5000, step(2)], [100, step(3)], [100, step(2)], [100, step(3)]);
    expect(pace.steps).toEqual([100, 100]);
  });
});
