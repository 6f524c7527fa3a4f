import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../../../core/runs/events.ts';
import { coalesced } from '../../../../headless/services/engine/coalesced.ts';
import { wishes } from '../../../../headless/services/engine/wishes.ts';

const epoch: RunEvent = { kind: 'epoch', at: 0, phase: 'search', epoch: 0, step: 1, metrics: {} };
const step: RunEvent = { kind: 'step', at: 0, phase: 'search', step: 1, epoch: 0, metrics: {} };
const finished: RunEvent = { kind: 'finished', at: 0, phase: 'evaluate', seconds: 1 };

describe('a wish', () => {
  it('to stop after the epoch is one to stop once an epoch, or a phase without epochs, has ended', () => {
    for (const end of [epoch, finished]) {
      const wish = wishes();
      wish.seen(end);
      wish.ask('stopAfterEpoch');
      wish.seen(step);
      expect(wish.now()).toBe('run');
      wish.seen(end);
      expect(wish.now()).toBe('stop');
    }
  });

  it('holds until another takes its place', () => {
    const wish = wishes();
    const heard = (['pause', 'stop', 'goOn', 'stopAfterEpoch', 'pause'] as const).map((given) => {
      wish.ask(given);
      return wish.now();
    });
    expect(heard).toEqual(['pause', 'stop', 'run', 'run', 'pause']);
  });
});

describe('coalesced events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are told at once, then the latest of each kind after a while', () => {
    const told: string[] = [];
    const { tell } = coalesced(100);
    for (const n of [1, 2, 3]) {
      tell('a', () => told.push(`a${n}`));
      tell('b', () => told.push(`b${n}`));
    }
    expect(told).toEqual(['a1', 'b1']);
    vi.advanceTimersByTime(100);
    expect(told).toEqual(['a1', 'b1', 'a3', 'b3']);
    vi.advanceTimersByTime(1000);
    tell('a', () => told.push('a4'));
    expect(told.slice(4)).toEqual(['a4']);
  });

  it('that wait are told when that is asked for, once', () => {
    const told: number[] = [];
    const { tell, flush } = coalesced(100);
    tell('a', () => told.push(1));
    tell('a', () => told.push(2));
    flush();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([1, 2]);
  });
});
