import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadLatestCheckpoint } from '../../../core/runs/loadCheckpoint.ts';
import { readJournal } from '../../../core/runs/readJournal.ts';
import { reduceRun } from '../../../core/runs/reduceRun.ts';
import { RUN_FORMAT } from '../../../core/runs/runConfig.ts';
import { openRun } from '../../../core/runs/runFolder.ts';
import { emptyView } from '../../../core/runs/runView.ts';
import type { RunView } from '../../../core/runs/runView.ts';
import { pointsOf } from '../../../core/runs/series.ts';
import { nodeFiles } from '../../../headless/host/nodeFiles.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/runs/', import.meta.url));

/** The view as JSON keeps it: curves as lists, and of the plan only the phases, as configurations gain fields. */
function plain(view: RunView): unknown {
  const phases = Object.entries(view.phases).map(([name, phase]) => {
    const series = Object.entries(phase.series).map(([metric, one]) => [metric, pointsOf(one)]);
    return [name, { ...phase, series: Object.fromEntries(series) }];
  });
  const stored = { ...view, phases: Object.fromEntries(phases), planned: view.planned?.phases };
  return JSON.parse(JSON.stringify(stored));
}

describe.each(Array.from({ length: RUN_FORMAT }, (_, i) => i + 1))('a run of format %i', (format) => {
  const files = nodeFiles(`${fixtures}format-${format}`);

  it('opens and gives the stored view', async () => {
    const manifest = await openRun(files);
    expect(manifest).toMatchObject({ format: RUN_FORMAT, seed: 42, app: '0.1.0', device: '2 CPU threads' });
    expect(manifest.config).toMatchObject({
      name: 'two epochs',
      search: { cells: 2, strategy: { id: 'darts' } },
    });
    const view = (await readJournal(files)).reduce(reduceRun, emptyView);
    expect(plain(view)).toEqual(JSON.parse(readFileSync(`${fixtures}format-${format}.view.json`, 'utf8')));
  });

  it('has a checkpoint to go on from', async () => {
    const { checkpoint, warnings } = await loadLatestCheckpoint(files, await readJournal(files), 'search');
    expect(warnings).toEqual([]);
    expect(checkpoint).toEqual({
      phase: 'search',
      step: 8,
      path: 'checkpoints/search-00000008',
      tensors: {
        weights: {
          'stem.conv': { shape: [1, 1, 3, 2], dtype: 'float32', data: new Float32Array(6).fill(8) },
        },
        alphas: {
          normal: { shape: [2, 3], dtype: 'float32', data: new Float32Array([0, 0.5, -0.5, 8, 0, 0]) },
          steps: { shape: [], dtype: 'int32', data: new Int32Array([8]) },
        },
      },
      state: { epoch: 1, rng: { words: [1, 2, 3, 4294967295], spare: -0.25 } },
    });
  });
});

it('has a fixture of every format', () => {
  const names = readdirSync(fixtures).filter((name) => !name.includes('.'));
  expect(names.sort()).toEqual(Array.from({ length: RUN_FORMAT }, (_, i) => `format-${i + 1}`));
});
