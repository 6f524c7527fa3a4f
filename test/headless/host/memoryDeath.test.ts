import { describe, expect, it } from 'vitest';
import type { MemoryNow } from '../../../core/base/outOfMemory.ts';
import { deathByMemory } from '../../../headless/host/memoryDeath.ts';
import type { ProcessEnd } from '../../../headless/host/processEnd.ts';

const GIB = 2 ** 30;
const memory = (freeBytes: number): MemoryNow => ({
  ...{ seen: 'before', limitBytes: 16 * GIB, limitOf: 'computer', freeBytes },
  processBytes: 10 * GIB,
});
const killed: ProcessEnd = { signal: 'SIGKILL' };

describe('a process that ended', () => {
  it.each<[string, ProcessEnd]>([
    ['V8, by a signal', { signal: 'SIGABRT', lastWords: 'FATAL ERROR: JavaScript heap out of memory' }],
    [
      'V8, by its code',
      {
        code: 134,
        lastWords:
          '[7:0x1] FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      },
    ],
    [
      'the C++ library',
      { signal: 'SIGABRT', lastWords: "terminate called after throwing an instance of 'std::bad_alloc'" },
    ],
    ['Electron', { signal: 'a lack of memory', isOutOfMemory: true }],
    ['Windows', { code: 0xc0000017 }],
    ['Windows, as a signed number', { code: 0xe0000008 - 2 ** 32 }],
  ])('for want of memory by the word of %s did so for certain', (_who, end) => {
    expect(deathByMemory(end, {})).toMatchObject({ isInferred: false });
  });

  it('tells of the heap in words', () => {
    const end = {
      code: 134,
      lastWords: '[7:0x1] 9 ms: FATAL ERROR: Reached heap limit, JavaScript heap out of memory',
    };
    expect(deathByMemory(end, {})?.reason).toBe(
      'the heap of JavaScript was full (Reached heap limit, JavaScript heap out of memory)',
    );
  });

  it('and was counted in its control group did so for certain', () => {
    const counts = { killsBefore: { ofGroup: 2, ofComputer: 5 }, killsAfter: { ofGroup: 3, ofComputer: 6 } };
    expect(deathByMemory(killed, { ...counts, memory: memory(8 * GIB) })).toMatchObject({
      isInferred: false,
    });
  });

  it('did so probably where only the computer counted, or nobody counted and memory was nearly full', () => {
    const counts = { killsBefore: { ofGroup: 2, ofComputer: 5 }, killsAfter: { ofGroup: 2, ofComputer: 6 } };
    expect(deathByMemory(killed, counts)).toMatchObject({ isInferred: true });
    expect(deathByMemory(killed, { memory: memory(GIB) })).toEqual({
      reason: 'the process was killed without a word when 1.0 GiB were left',
      isInferred: true,
    });
    for (const end of [{ code: 137 }, { signal: 'SIGSEGV' }, { code: 127 }, { signal: 'SIGABRT' }])
      expect(deathByMemory(end, { memory: memory(GIB) })).toMatchObject({ isInferred: true });
  });

  it.each<[string, ProcessEnd, number | undefined]>([
    ['was killed with memory to spare', killed, 8 * GIB],
    ['was killed and nothing is known of memory', killed, undefined],
    ['was asked to end', { signal: 'SIGTERM' }, GIB],
    ['crashed with memory to spare', { signal: 'SIGSEGV' }, 8 * GIB],
    ['threw', { code: 1, lastWords: 'TypeError: x is not a function' }, GIB],
    ['ended well, whatever it said before', { code: 0, lastWords: 'out of memory' }, GIB],
  ])('did not where it %s', (_what, end, free) => {
    const kills = { killsBefore: { ofComputer: 5 }, killsAfter: { ofComputer: 5 } };
    expect(
      deathByMemory(end, { ...kills, ...(free === undefined ? {} : { memory: memory(free) }) }),
    ).toBeUndefined();
  });

  it('is not said to be killed for it where counting began only after', () => {
    expect(
      deathByMemory(killed, { killsBefore: {}, killsAfter: { ofGroup: 4, ofComputer: 4 } }),
    ).toBeUndefined();
  });
});
