import { describe, expect, it } from 'vitest';
import { perSecond, secondsLeft, withSample } from '../../../renderer/store/pace.ts';

const samples = (...done: readonly number[]) =>
  done.reduce<ReturnType<typeof withSample>>(
    (all, one, i) => withSample(all, { at: i * 1000, done: one }),
    [],
  );

describe('the pace', () => {
  it('is that of the last seconds', () => {
    expect(perSecond(samples(0, 100, 200, 300))).toBe(100);
    // Slow at first: of the eleven reports the last nine count.
    expect(perSecond(samples(0, 1, 2, 102, 202, 302, 402, 502, 602, 702, 802))).toBe(100);
  });

  it('is not told from a single report, nor from none', () => {
    expect(perSecond([])).toBeUndefined();
    expect(perSecond(samples(5))).toBeUndefined();
  });

  it('begins anew where the count does', () => {
    expect(samples(500, 900, 0)).toHaveLength(1);
  });

  it('tells the time left, and none while nothing moves', () => {
    expect(secondsLeft(samples(0, 100), 600)).toBe(5);
    expect(secondsLeft(samples(100, 100), 600)).toBeUndefined();
    expect(secondsLeft(samples(0, 100), 0)).toBeUndefined();
    expect(secondsLeft(samples(0, 100), 50)).toBe(0);
  });
});
