import { describe, expect, it } from 'vitest';
import { saveCheckpoint } from '../../../core/runs/checkpoint.ts';
import type { CheckpointContent } from '../../../core/runs/checkpoint.ts';
import { openJournal } from '../../../core/runs/journal.ts';
import { loadLatestCheckpoint } from '../../../core/runs/loadCheckpoint.ts';
import { readJournal } from '../../../core/runs/readJournal.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { createRun, openRun, resumeRun } from '../../../core/runs/runFolder.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import { Crash, fakeClock, memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

const LAST = 12;
const EVERY = 3;
const content = (step: number): CheckpointContent => ({
  tensors: {
    weights: { w: { shape: [5], dtype: 'float32', data: new Float32Array(5).fill(step) } },
    alphas: { a: { shape: [2], dtype: 'int32', data: new Int32Array(2).fill(step) } },
  },
  state: { step },
});

/** Creates or resumes a run and works on it to the end; `acknowledged` follows what was promised to be safe. */
async function work(files: MemoryFiles, acknowledged: { step: number; created: boolean }): Promise<void> {
  const clock = fakeClock(1);
  const isNew = !(await files.exists('run.json'));
  const setup = {
    config: RunConfig.parse({}),
    app: '0.1.0',
    seed: 1,
    executor: 'cpu',
    device: 'x',
    versions: {},
  };
  const run = isNew ? await createRun(files, setup) : await resumeRun(files);
  acknowledged.created = true;
  const { journal, events } = await openJournal(files, clock, '0.1.0');
  const { checkpoint, warnings } = await loadLatestCheckpoint(files, events, 'search');
  expect(warnings).toEqual([]);
  const start = checkpoint?.step ?? 0;
  await journal.append({ kind: 'phase', phase: 'search', totalSteps: LAST, epochs: 1, device: 'x' });
  if (!isNew) await journal.append({ kind: 'resumed', phase: 'search', step: start });
  for (let step = start + 1; step <= LAST; step++) {
    await journal.append({ kind: 'step', phase: 'search', step, epoch: 0, metrics: { trainLoss: 1 / step } });
    if (step % EVERY !== 0) continue;
    await saveCheckpoint(files, journal, 'search', step, content(step));
    acknowledged.step = step;
  }
  await journal.append({ kind: 'finished', phase: 'search', seconds: 1 });
  await journal.close();
  await run.release();
}

async function expectConsistent(
  files: MemoryFiles,
  acknowledged: { step: number; created: boolean },
): Promise<void> {
  if (acknowledged.created) expect((await openRun(files)).seed).toBe(1);
  const { checkpoint, warnings } = await loadLatestCheckpoint(files, await readJournal(files), 'search');
  expect(warnings).toEqual([]);
  const step = checkpoint?.step ?? 0;
  // The one in the making may have come through or not; what was promised is there.
  expect([acknowledged.step, acknowledged.step + EVERY]).toContain(step);
  if (checkpoint !== undefined) expect(checkpoint).toMatchObject(content(step));
}

async function expectFinished(files: MemoryFiles): Promise<void> {
  const view = (await readJournal(files)).reduce(reduceRun, emptyView);
  expect(view.state.kind).toBe('finished');
  const loss = view.phases.search?.series.trainLoss;
  expect(Array.from(loss?.steps ?? [])).toEqual(Array.from({ length: LAST }, (_, i) => i + 1));
  expect(Array.from(loss?.values ?? [])).toEqual(Array.from({ length: LAST }, (_, i) => 1 / (i + 1)));
  const names = view.checkpoints.map((ref) => ref.path.replace('checkpoints/', ''));
  expect(view.checkpoints.map((ref) => ref.step)).toEqual([LAST - EVERY, LAST]);
  expect(await files.list('checkpoints')).toEqual(expect.arrayContaining(names));
}

/** What the disk holds after dying at one operation; undefined where the work was done before it. */
async function dieAt(files: MemoryFiles, operation: number, halfWay: boolean) {
  const acknowledged = { step: 0, created: false };
  files.faults.crashAt = operation;
  files.faults.halfWay = halfWay;
  try {
    await work(files, acknowledged);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(Crash);
    return acknowledged;
  }
}

describe.each([
  ['before', false],
  ['half way through', true],
])('a crash %s any operation', (_, halfWay) => {
  it('leaves the promised checkpoint and a journal from which the run goes on to the same end', async () => {
    let crashes = 0;
    for (; ; crashes++) {
      const files = memoryFiles();
      const acknowledged = await dieAt(files, crashes, halfWay);
      if (acknowledged === undefined) break;
      await expectConsistent(memoryFiles(files.disk), acknowledged);
      const again = memoryFiles(files.disk);
      await work(again, { step: 0, created: false });
      await expectFinished(memoryFiles(files.disk));
    }
    expect(crashes).toBeGreaterThan(30);
  });

  it('may come again while the run is being resumed', async () => {
    for (let first = 3; first < 40; first += 7) {
      for (let second = 0; second < 20; second++) {
        const files = memoryFiles();
        const before = await dieAt(files, first, halfWay);
        const again = memoryFiles(files.disk);
        const after = await dieAt(again, second, halfWay);
        if (after === undefined) break;
        const acknowledged = {
          step: Math.max(before?.step ?? 0, after.step),
          created: before?.created === true || after.created,
        };
        // The first crash may have left one checkpoint more than it promised.
        const found = await loadLatestCheckpoint(
          memoryFiles(files.disk),
          await readJournal(memoryFiles(files.disk)),
          'search',
        );
        expect(found.warnings).toEqual([]);
        expect(found.checkpoint?.step ?? 0).toBeGreaterThanOrEqual(acknowledged.step);
        await work(memoryFiles(files.disk), { step: 0, created: false });
        await expectFinished(memoryFiles(files.disk));
      }
    }
  });
});
