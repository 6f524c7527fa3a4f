/** What is said of memory that ran out before a step was on record. */
import { describe, expect, it } from 'vitest';
import { explainMemory } from '../../../core/engine/explainMemory.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { smallConfig } from './smallRun.ts';

const config = smallConfig();
const planned: RunEvent = { kind: 'planned', at: 1, phases: ['search'], config };
const forecast = (gibibytes: number): RunEvent => ({
  ...{ kind: 'forecast', at: 2, phases: [{ phase: 'search', seconds: 60 }] },
  peakMemoryBytes: gibibytes * 2 ** 30,
});
const step: RunEvent = {
  ...{ kind: 'step', at: 3, phase: 'search', step: 1, epoch: 0 },
  metrics: { memoryBytes: 2 ** 30 },
};

async function said(events: readonly RunEvent[]): Promise<string> {
  const error = await explainMemory(
    new RangeError('Array buffer allocation failed'),
    {},
    { config, phase: 'search', events },
  );
  return (error as Error).message;
}

describe('memory that ran out', () => {
  it('at the first step is held against the forecast of the plan', async () => {
    expect(await said([planned, forecast(3)])).toMatch(/The forecast had been 3\.0 GiB at its peak\.$/);
    expect(await said([planned])).not.toContain('forecast');
  });

  it('later is held against the steps before', async () => {
    expect(await said([planned, forecast(3), step])).toMatch(
      /Steps of it before this took up to 1\.0 GiB\.$/,
    );
  });

  it('is not held against the forecast of another plan', async () => {
    expect(await said([planned, forecast(3), planned])).not.toContain('forecast');
  });
});
