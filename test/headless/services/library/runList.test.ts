import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../../../core/protocol/libraryApi.ts';
import type { NewRunEvent, RobustCounted } from '../../../../core/runs/events.ts';
import { takeLock } from '../../../../headless/host/runLock.ts';
import { changeListed } from '../../../../headless/services/library/listedRuns.ts';
import { runIndex } from '../../../../headless/services/library/runIndex.ts';
import type { RunIndex } from '../../../../headless/services/library/runIndex.ts';
import type { RunList } from '../../../../headless/services/library/runList.ts';
import { runList } from '../../../../headless/services/library/runList.ts';
import { watchRuns } from '../../../../headless/services/library/runChanges.ts';
import { beginning, config, journalText, START, steps, writeRun } from './someRuns.ts';

let home: string;
let runs: string;
let index: RunIndex;
let list: RunList;
const opened = (): void => {
  index = runIndex(home);
  list = runList(home, index);
};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
  runs = join(home, 'runs');
  await mkdir(runs);
  opened();
});
afterEach(async () => {
  await index.close();
  await rm(home, { recursive: true });
});

const one = async (id: string): Promise<RunSummary> => {
  const found = (await list.all()).find((row) => row.id === id);
  if (found === undefined) throw new Error(`${id} is not listed`);
  return found;
};

const ends: readonly (readonly [string, readonly NewRunEvent[], Partial<RunSummary>])[] = [
  ['no events', [], { state: 'empty' }],
  ['its journal opened', beginning().slice(0, 1), { state: 'empty' }],
  ['a plan', beginning().slice(0, 2), { state: 'interrupted', open: ['search', 'retrain'] }],
  ['steps', [...beginning(), ...steps(1, 30)], { state: 'interrupted', phase: 'search', share: 0.3 }],
  [
    'a pause',
    [...beginning(), ...steps(1, 30), { kind: 'paused', phase: 'search', step: 30 }],
    { state: 'paused', share: 0.3 },
  ],
  [
    'a stop',
    [...beginning(), { kind: 'cancelled', phase: 'search', step: 0 }],
    { state: 'cancelled', share: 0 },
  ],
  [
    'a failure',
    [
      ...beginning(),
      ...steps(1, 5),
      { kind: 'failed', phase: 'search', step: 5, code: 'x', message: 'It broke.', hint: 'Mend it.' },
    ],
    { state: 'failed', problem: 'It broke. Mend it.' },
  ],
  [
    'its search finished, not the rest',
    [...beginning(), ...steps(1, 100), { kind: 'finished', phase: 'search', seconds: 9 }],
    { state: 'interrupted', share: 1, open: ['retrain'], seconds: 9 },
  ],
  [
    'everything finished',
    [
      ...beginning(),
      { kind: 'finished', phase: 'search', seconds: 9 },
      { kind: 'phase', phase: 'retrain', totalSteps: 10, epochs: 1, device: 'CPU' },
      { kind: 'finished', phase: 'retrain', seconds: 3 },
    ],
    { state: 'finished', phase: 'retrain', share: 1, open: [], seconds: 12 },
  ],
  [
    'a phase gone back to its checkpoint',
    [...beginning(), ...steps(1, 50), { kind: 'resumed', phase: 'search', step: 40 }],
    { state: 'interrupted', share: 0.4 },
  ],
];

describe('the list of runs', () => {
  it.each(ends)('tells the state of a run whose journal ends with %s', async (_, events, expected) => {
    await writeRun(runs, 'a', events);
    expect(await one('a')).toMatchObject({ id: 'a', folder: join(runs, 'a'), name: 'pets', ...expected });
  });

  it('tells what a run has come to: network, accuracies with their conditions, exports', async () => {
    const edges = [0, 1].map((from) => ({ op: 'skip_connect' as const, from }));
    const cell = { edges, concat: [2] };
    const genotype = { normal: cell, reduce: cell } as never;
    const counted = { accuracy: 0.8, n: 40, interval: [0.6, 0.9] as [number, number] };
    const robust: RobustCounted = {
      ...counted,
      attack: 'pgd',
      norm: 'linf',
      ...{ epsilon: 0.03, steps: 7, stepSize: 0.01, restarts: 1, largestPerturbation: 0.03 },
    };
    const network = { genotype, params: 1200, macs: 5000 };
    await writeRun(runs, 'a', [
      ...beginning({ seed: 7, data: { source: 'shapes10' } }),
      { kind: 'derived', ...network, rule: 'top2', strategy: 'e2rnas' },
      { kind: 'derived', ...network, params: 900, rule: 'top2', strategy: 'baseline' },
      {
        ...{ kind: 'retrained', ...network, recipe: 'pgd-at', label: 'found', path: 'networks/found' },
        validationAccuracy: 0.7,
      },
      { kind: 'evaluated', label: 'found', ...network, clean: counted, robust: [robust] },
      {
        kind: 'exported',
        exports: [{ format: 'onnx', path: 'exports/onnx', verified: true, verdict: 'ok' }],
      },
    ]);
    expect(await one('a')).toMatchObject({
      ...{ createdAt: START, changedAt: START + 7000, seed: 7, dataset: 'shapes10', strategy: 'e2rnas' },
      ...{ recipe: 'pgd-at', params: 1200, macs: 5000, clean: counted },
      robust: { accuracy: 0.8, n: 40, norm: 'linf', epsilon: 0.03, steps: 7, restarts: 1, stepSize: 0.01 },
      baseline: { params: 900 },
      exports: [{ format: 'onnx', path: 'exports/onnx', verified: true }],
      config: config({ seed: 7, data: { source: 'shapes10' } }),
    });
  });

  it('knows a run that some process holds from one that was interrupted', async () => {
    const folder = await writeRun(runs, 'a', [...beginning(), ...steps(1, 3)]);
    expect((await one('a')).state).toBe('interrupted');
    const release = await takeLock(folder);
    expect((await one('a')).state).toBe('running');
    await release();
    expect((await one('a')).state).toBe('interrupted');
  });

  it('follows a journal that grows, shrinks by a torn line, or is begun anew', async () => {
    const folder = await writeRun(runs, 'a', [...beginning(), ...steps(1, 10)]);
    const journal = join(folder, 'events.jsonl');
    expect((await one('a')).share).toBe(0.1);
    await appendFile(journal, journalText(steps(11, 20), 20) + '{"kind":"st');
    expect((await one('a')).share).toBe(0.2);
    const text = await readFile(journal, 'utf8');
    await writeFile(journal, text.slice(0, text.lastIndexOf('\n') + 1) + journalText(steps(21, 25), 30));
    expect((await one('a')).share).toBe(0.25);
    await writeFile(`${journal}.new`, journalText(beginning()));
    await rename(`${journal}.new`, journal);
    expect(await one('a')).toMatchObject({ share: 0, open: ['search', 'retrain'] });
  });

  it.each([
    ['run.json that is no JSON', 'run.json', '{"format"', 'is not JSON'],
    ['run.json of a newer program', 'run.json', '{"format":99}', 'newer Cellsmith'],
    ['a journal with a broken line', 'events.jsonl', `${journalText(beginning())}{]\n`, 'Line 4 of'],
    ['a journal of something else', 'events.jsonl', '{"kind":"step"}\n', 'Line 1 of'],
  ])('shows a run with %s as damaged, and says how to mend it', async (_, file, text, words) => {
    await writeRun(runs, 'good', beginning());
    const folder = await writeRun(runs, 'bad', beginning());
    await writeFile(join(folder, file), text);
    const rows = await list.all();
    expect(rows).toHaveLength(2);
    expect(rows.find(({ id }) => id === 'bad')).toMatchObject({
      state: 'damaged',
      problem: expect.stringContaining(words),
      open: [],
    });
  });

  it('leaves out folders that hold no run, and shows listed runs that are gone as missing', async () => {
    await mkdir(join(runs, 'just-made'));
    const elsewhere = await writeRun(join(home, 'elsewhere'), 'b', beginning());
    await changeListed(home, () => [elsewhere, join(home, 'gone')]);
    const rows = await list.all();
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      [elsewhere, 'interrupted'],
      [join(home, 'gone'), 'missing'],
    ]);
  });

  it('finds a run that begins in a folder made before, without a look at all', async () => {
    await mkdir(join(runs, 'new'));
    expect(await list.all()).toEqual([]);
    expect(list.vacant().map(({ id }) => id)).toEqual(['new']);
    let told = 0;
    // All runs are looked at too seldom to wait for; a file in a folder is no event of the folder above.
    const stop = watchRuns(home, { ...list, all: async () => [] }, () => told++, 5);
    try {
      await writeRun(runs, 'new', beginning());
      await vi.waitFor(() => expect(told).toBeGreaterThan(0));
    } finally {
      stop();
    }
    await list.all();
    expect(list.vacant()).toEqual([]);
  });

  it('gives the same rows for runs that did not change', async () => {
    await writeRun(runs, 'a', beginning());
    const b = await writeRun(runs, 'b', [...beginning(), { kind: 'paused', phase: 'search', step: 0 }]);
    const before = await list.all();
    await appendFile(
      join(b, 'events.jsonl'),
      journalText([{ kind: 'resumed', phase: 'search', step: 0 }], 9),
    );
    const after = await list.all();
    const [a0, a1] = [before, after].map((rows) => rows.find(({ id }) => id === 'a'));
    expect(a1).toBe(a0);
    expect(after.find(({ id }) => id === 'b')?.state).toBe('interrupted');
  });
});

describe('the index of runs', () => {
  it('spares reading journals at the next start, as long as they are what they were', async () => {
    const a = await writeRun(runs, 'a', [...beginning(), { kind: 'paused', phase: 'search', step: 0 }]);
    await writeRun(runs, 'b', beginning());
    const before = await list.all();
    await index.close();
    opened();
    const found = vi.spyOn(index, 'find');
    expect(await list.all()).toEqual(before);
    expect(await Promise.all(found.mock.results.map(({ value }) => value as unknown))).toEqual(
      expect.arrayContaining([...before]),
    );
    await appendFile(
      join(a, 'events.jsonl'),
      journalText([{ kind: 'cancelled', phase: 'search', step: 0 }], 9),
    );
    opened();
    expect((await one('a')).state).toBe('cancelled');
  });

  it('that is damaged, or of a home that was moved, does no harm', async () => {
    await writeRun(runs, 'a', beginning());
    const [before] = await list.all();
    await index.close();
    const moved = `${home}-moved`;
    await rename(home, moved);
    [home, runs] = [moved, join(moved, 'runs')];
    opened();
    expect(await list.all()).toEqual([{ ...before, folder: join(runs, 'a') }]);
    await writeFile(join(home, 'index.json'), '{"app":1');
    opened();
    expect(await one('a')).toMatchObject({ state: 'interrupted', folder: join(runs, 'a') });
  });
});
