import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keeping } from '../../../renderer/store/keeping.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LARGEST = 100;

/** A disk that is full while `room` is false. */
function desk() {
  const state = { room: true, value: 0 };
  const written: number[] = [];
  const told: (string | undefined)[] = [];
  const keeper = keeping(
    async () => {
      const { value } = state;
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (value > LARGEST) throw new Error('too large');
      if (!state.room) throw new Error('full');
      written.push(value);
    },
    {
      afterMs: 100,
      retryMs: 1000,
      tell: (failure) => told.push(failure instanceof Error ? failure.message : undefined),
      isLost: (failure) => failure instanceof Error && failure.message === 'lost',
      isVain: (failure) => failure instanceof Error && failure.message === 'too large',
    },
  );
  const change = (value: number): void => {
    state.value = value;
    keeper.soon();
  };
  return { state, written, told, keeper, change };
}

describe('what is kept', () => {
  it('is written a moment after the first change, with what changed meanwhile, and not again', async () => {
    const { written, told, keeper, change } = desk();
    change(1);
    await vi.advanceTimersByTimeAsync(60);
    change(2);
    expect(keeper.isUnkept()).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect([written, told, keeper.isUnkept()]).toEqual([[2], [], false]);
  });

  it('is tried again until it succeeds; that it fails is told once a change, and that it succeeds', async () => {
    const { state, written, told, keeper, change } = desk();
    state.room = false;
    change(1);
    await vi.advanceTimersByTimeAsync(3500);
    expect([written, told, keeper.isUnkept()]).toEqual([[], ['full'], true]);
    change(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(told).toEqual(['full', 'full']);
    state.room = true;
    await vi.advanceTimersByTimeAsync(1100);
    expect([written, told, keeper.isUnkept()]).toEqual([[2], ['full', 'full', undefined], false]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toEqual([2]);
  });

  it('is not tried again where it is too large, until it changes', async () => {
    const { written, told, keeper, change } = desk();
    change(LARGEST + 1);
    await vi.advanceTimersByTimeAsync(200);
    expect([told, vi.getTimerCount(), keeper.isUnkept()]).toEqual([['too large'], 0, true]);
    change(7);
    await vi.advanceTimersByTimeAsync(200);
    expect([written, told, keeper.isUnkept()]).toEqual([[7], ['too large', undefined], false]);
  });

  it('is one write at a time, save for the last one of a window that closes', async () => {
    const { written, keeper, change } = desk();
    change(1);
    void keeper.now();
    await vi.advanceTimersByTimeAsync(1);
    change(2);
    void keeper.now();
    await vi.advanceTimersByTimeAsync(10);
    expect(written).toEqual([1]);
    change(3);
    keeper.last();
    await vi.advanceTimersByTimeAsync(10);
    expect(written.at(-1)).toBe(3);
  });

  it('is not tried again by itself where the program is gone, nor is that told', async () => {
    let attempts = 0;
    const told: unknown[] = [];
    const keeper = keeping(
      () => {
        attempts++;
        return Promise.reject(new Error('lost'));
      },
      {
        afterMs: 100,
        retryMs: 1000,
        tell: (failure) => told.push(failure),
        isLost: () => true,
        isVain: () => false,
      },
    );
    keeper.soon();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([attempts, told, keeper.isUnkept()]).toEqual([1, [], true]);
  });
});
