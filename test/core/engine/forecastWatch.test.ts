import { describe, expect, it } from 'vitest';
import { createWatch, median, repeated } from '../../../core/engine/forecastWatch.ts';
import { bytesText } from '../../../core/base/bytesText.ts';
import { durationText, forecastWarnings } from '../../../core/engine/forecastWords.ts';
import { fakeClock } from '../../helpers/memoryFiles.ts';

/** Does something that takes the seconds listed, in turn, the last ones again and again. */
async function measure(seconds: readonly number[], available = Infinity) {
  const clock = fakeClock();
  const watch = createWatch(clock, () => 0, 1, {});
  let done = 0;
  const result = await repeated(watch, 'step', available, () => {
    clock.advance(1000 * seconds[Math.min(done, seconds.length - 1)]);
    return Promise.resolve(++done);
  });
  return { ...result, done };
}

describe('timing what is done over and over', () => {
  it('leaves the first times out, and an odd one has no say', async () => {
    const warm = Array.from({ length: 10 }, () => 0.2);
    expect(await measure([...warm, 0.1, 0.1, 7, 0.1])).toMatchObject({ seconds: 0.1 });
    expect(await measure([9, 0.5, 0.5, 7, 0.5])).toMatchObject({ seconds: 0.5 });
  });

  it('does quick things often and slow ones at least once', async () => {
    expect(await measure([0.1])).toMatchObject({ measured: 20, done: 30, last: 30 });
    expect(await measure([0.3])).toMatchObject({ measured: 7, done: 17 });
    expect(await measure([1])).toMatchObject({ measured: 5, done: 8 });
    expect(await measure([3])).toMatchObject({ measured: 3, done: 4, seconds: 3 });
    expect(await measure([60])).toMatchObject({ measured: 1, done: 2, seconds: 60 });
  });

  it('never does more than there is to do', async () => {
    expect(await measure([0.4, 0.4, 0.2], 4)).toMatchObject({ measured: 2, done: 4, seconds: 0.2 });
    expect(await measure([4, 2], 3)).toMatchObject({ measured: 2, done: 3, seconds: 2 });
    expect(await measure([4, 2], 2)).toMatchObject({ measured: 1, done: 2, seconds: 2 });
    expect(await measure([4], 1)).toMatchObject({ measured: 1, done: 1, seconds: 4 });
  });

  it('takes the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('words', () => {
  it('tell sizes and times as people read them', () => {
    expect([0, 900, 2048, 5.5 * 2 ** 20, 300 * 2 ** 20, 1.25 * 2 ** 30].map(bytesText)).toEqual([
      '0 bytes',
      '900 bytes',
      '2.0 KiB',
      '5.5 MiB',
      '300 MiB',
      '1.3 GiB',
    ]);
    expect([0, 0.4, 12, 168, 3600, 12_000, 187_200].map(durationText)).toEqual([
      '0 s',
      '0 s',
      '12 s',
      '2 min 48 s',
      '1 h',
      '3 h 20 min',
      '2 d 4 h',
    ]);
  });

  it('warn before it is full, more plainly once it is', () => {
    const warn = (peakMemoryBytes: number, diskBytes = 0) =>
      forecastWarnings({ peakMemoryBytes, usableMemoryBytes: 1000, diskBytes, freeDiskBytes: 1000 });
    expect(warn(800)).toEqual([]);
    expect(warn(900)).toEqual([expect.stringMatching(/^Memory will be tight/)]);
    expect(warn(1100)).toEqual([expect.stringMatching(/^It needs/)]);
    expect(warn(900, 950)).toEqual([
      expect.stringMatching(/^The disk will be nearly full/),
      expect.stringMatching(/^Memory will be tight/),
    ]);
  });
});
