import { describe, expect, it } from 'vitest';
import { prepareExperiment } from '../../../core/engine/experiment.ts';
import { beginRun, planPhases } from '../../../core/engine/run.ts';
import { steppedPhase } from '../../../core/engine/steppedPhase.ts';
import { stoodStill } from '../../../core/engine/stoodStill.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { Metrics, SteppedProcess } from '../../../core/training/process.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { smallConfig, smallHost } from './smallRun.ts';

const step = (n: number, epoch: number, share?: number): RunEvent => ({
  ...{ kind: 'step', at: 0, phase: 'search', step: n, epoch },
  metrics: share === undefined ? { trainLoss: 1 } : { zeroGradientShare: share },
});
const epoch = (n: number, at: number): RunEvent => ({
  ...{ kind: 'epoch', at: 0, phase: 'search', epoch: n, step: at },
  metrics: {},
});
const told = (...events: readonly RunEvent[]) => stoodStill(events, 'search');

describe('an adversary that stands still', () => {
  it('is told at the end of the epoch, with the steps in which no image had a gradient', () => {
    const [notice, ...rest] = told(step(1, 0), step(2, 0, 1), step(3, 0, 0.5), step(4, 0, 1), epoch(0, 4));
    expect(rest).toEqual([]);
    expect(notice.code).toBe('masked-gradients-search');
    expect(notice.message).toMatch(/in 2 of 4 steps of epoch 1, first in step 2/);
  });

  it('is not told where some images could be attacked, or of an epoch before', () => {
    expect(told(step(1, 0, 0.9), step(2, 0), epoch(0, 2))).toEqual([]);
    expect(told(step(1, 0, 1), epoch(0, 1), step(2, 1), epoch(1, 2))).toEqual([]);
    expect(told(step(1, 0, 1))).toEqual([]);
  });

  it('counts a step that was done again as it was the last time', () => {
    expect(told(step(1, 0, 1), step(1, 0), epoch(0, 1))).toEqual([]);
  });

  it('is told once', () => {
    const events = [step(1, 0, 1), epoch(0, 1)];
    const [notice] = told(...events);
    const again = [step(2, 1, 1), epoch(1, 2)];
    expect(told(...events, { kind: 'warning', at: 0, ...notice }, ...again)).toEqual([]);
  });
});

describe('a phase of steps', () => {
  it('warns once, where its adversary stood still in the second of three epochs and ever after', async () => {
    let position = 0;
    const process: SteppedProcess = {
      stepsPerEpoch: 2,
      totalSteps: 6,
      get position() {
        return position;
      },
      prepare: () => Promise.resolve(),
      step() {
        position++;
        return Promise.resolve<Metrics>(position > 2 ? { zeroGradientShare: 1 } : { trainLoss: 1 });
      },
      report: () => Promise.resolve({ metrics: {} }),
      save: () => ({ tensors: {}, state: {} }),
      restore: () => undefined,
    };
    const config = smallConfig();
    const host = smallHost(memoryFiles());
    const run = await beginRun(host, config);
    await planPhases(run, config, ['search']);
    const experiment = await prepareExperiment(config, host, () => undefined);
    await steppedPhase(run, experiment, host, { phase: 'search', process });
    await run.close();
    const { warnings } = run.events.reduce(reduceRun, emptyView);
    expect(warnings.map(({ code, phase, step: at, count }) => [code, phase, at, count])).toEqual([
      ['masked-gradients-search', 'search', 4, 1],
    ]);
  });
});
