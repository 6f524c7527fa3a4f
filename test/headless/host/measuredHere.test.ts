import { describe, expect, it } from 'vitest';
import { fewerThreads, measuredHere } from '../../../headless/host/measuredHere.ts';

const of = (times: Readonly<Record<number, number>>) => (threads: number) => Promise.resolve(times[threads]);

describe('the number of threads', () => {
  it('is halved as long as that gets faster, and all are tried once more then', async () => {
    const times = { 32: 650, 16: 500, 8: 400, 4: 450, 2: 300 };
    expect(await fewerThreads(32, 700, of(times))).toEqual({
      allMs: 650,
      fewer: [
        { threads: 16, ms: 500 },
        { threads: 8, ms: 400 },
        { threads: 4, ms: 450 },
      ],
    });
    expect(await fewerThreads(2, 500, of({ 1: 800 }))).toEqual({
      allMs: 500,
      fewer: [{ threads: 1, ms: 800 }],
    });
    expect(await fewerThreads(2, 900, of({ 1: 800, 2: 500 }))).toMatchObject({ allMs: 500 });
    expect(await fewerThreads(1, 500, of({}))).toEqual({ allMs: 500, fewer: [] });
  });
});

describe('an executor measured in this process', () => {
  it('tells more and more, and when that is all', async () => {
    const told = [];
    for await (const found of measuredHere('onnx-cpu')) told.push(found);
    expect(told.map(({ isMeasured = false }) => isMeasured)).toEqual([false, false, false, true]);
    const { standardPassMs = 0, standardStepMs = 0, largePassMs = 0, threadPasses = [] } = told[3];
    // A second-order step is several passes, whatever the machine.
    expect(standardStepMs).toBeGreaterThan(standardPassMs);
    expect(largePassMs).toBeGreaterThan(standardPassMs);
    for (const { ms } of threadPasses) expect(ms).toBeGreaterThan(0);
    expect(told[0]).toEqual({ standardPassMs, nodes: told[3].nodes });
  });
});
