import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { NewRunEvent } from '../../../../core/runs/events.ts';
import { runIndex } from '../../../../headless/services/library/runIndex.ts';
import { runList } from '../../../../headless/services/library/runList.ts';
import { beginning, config, steps, writeRun } from './someRuns.ts';

it('tells no phase of an earlier plan as that of one of which nothing has begun', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
  const index = runIndex(home);
  onTestFinished(async () => {
    await index.close();
    await rm(home, { recursive: true });
  });
  const runs = join(home, 'runs');
  await mkdir(runs);
  const done: readonly NewRunEvent[] = [
    ...beginning(),
    ...steps(1, 100),
    { kind: 'finished', phase: 'search', seconds: 9 },
  ];
  const planned: NewRunEvent = { kind: 'planned', phases: ['evaluate'], config: config() };
  const evaluating: NewRunEvent = {
    kind: 'phase',
    phase: 'evaluate',
    totalSteps: 4,
    epochs: 0,
    device: 'CPU',
  };
  await writeRun(runs, 'planned', [...done, planned]);
  await writeRun(runs, 'begun', [...done, planned, evaluating]);
  const rows = await runList(home, index).all();
  const told = rows.map(({ id, phase, share }) => [id, phase, share]);
  expect(told.toSorted()).toEqual([
    ['begun', 'evaluate', 0],
    ['planned', undefined, undefined],
  ]);
});
