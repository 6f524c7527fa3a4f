import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchMemory } from '../../../headless/host/memoryWatch.ts';

const notLinux = process.platform === 'linux' ? undefined : 'only Linux tells of other processes';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** Watches this very process while `counted` rises; ends after so many looks. */
async function endedAfter(looks: number, counted: (look: number) => number) {
  let look = 0;
  const watch = watchMemory(
    () => process.pid,
    (group) => Promise.resolve({ ofComputer: counted(group === undefined ? 0 : ++look) }),
  );
  // One look begins when the one before is done.
  while (look <= looks) {
    vi.advanceTimersByTime(500);
    await new Promise(setImmediate);
  }
  return watch.ended();
}

describe('the memory of a process that has ended', () => {
  it('is what was seen of it last', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const { memory } = await endedAfter(3, () => 7);
    expect(memory?.seen).toBe('before');
    expect(memory?.processBytes).toBeGreaterThan(2 ** 20);
  });

  it('has nothing to do with what the system ended long before', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const { killsBefore, killsAfter } = await endedAfter(30, (look) => (look < 5 ? 7 : 8));
    expect([killsBefore?.ofComputer, killsAfter?.ofComputer]).toEqual([8, 8]);
  });

  it('may have to do with what the system ended just before', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const { killsBefore, killsAfter } = await endedAfter(30, (look) => (look < 28 ? 7 : 8));
    expect([killsBefore?.ofComputer, killsAfter?.ofComputer]).toEqual([7, 8]);
  });
});
