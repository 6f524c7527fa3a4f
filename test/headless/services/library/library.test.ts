/** The whole library over ports, as windows use it. */
import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { libraryApi } from '../../../../core/protocol/libraryApi.ts';
import type { Client } from '../../../../core/protocol/rpc.ts';
import { beginning, journalText, steps, writeRun } from './someRuns.ts';
import type { OpenedLibrary } from './openLibrary.ts';
import { openLibrary } from './openLibrary.ts';

let home: string;
let library: OpenedLibrary;
let window: OpenedLibrary['window'];
beforeEach(async () => {
  library = await openLibrary();
  ({ home, window } = library);
});
afterEach(() => library.close());

/** Resolves with the next such event that is as wanted. */
function next<K extends keyof typeof libraryApi.events>(
  client: Client<typeof libraryApi>,
  name: K,
  wanted: (value: unknown) => boolean = () => true,
): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = client.on(name, (value) => {
      if (!wanted(value)) return;
      stop();
      resolve(value);
    });
  });
}

function abortable(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('the library', () => {
  it('knows the machine and makes the home', async () => {
    const found = await window().call('machine', {});
    expect(found).toMatchObject({ home });
    expect(found.freeDiskBytes).toBeGreaterThan(0);
    expect((await window().call('listFolder', {})).path).toBe(join(home, 'data'));
  });

  it('tells the catalogue, and checks configurations with all that is wrong', async () => {
    const client = window();
    const { strategies, datasets } = await client.call('catalog', {});
    expect(strategies.map(({ id }) => id)).toContain('e2rnas');
    expect(datasets.find(({ id }) => id === 'cifar10')?.download?.bytes).toBeGreaterThan(1e8);
    const checked = await client.call('checkConfig', { config: { search: { epochs: 0, cells: 'x' } } });
    expect(checked.ok ? [] : checked.issues.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining(['search.epochs', 'search.cells']),
    );
    await expect(client.call('readExperiment', { text: '{', name: 'mine.json' })).rejects.toMatchObject({
      code: 'bad-json',
      message: expect.stringContaining('mine.json'),
    });
    expect(await client.call('readExperiment', { text: '{"name":"a"}', name: 'mine.json' })).toEqual({
      config: { name: 'a' },
    });
  });

  it('tells each window the lines of the runs that it watches, until it does not', async () => {
    const folder = await writeRun(join(home, 'runs'), 'a', [...beginning(), ...steps(1, 2)]);
    const [one, other] = [window(), window()];
    other.on('journal', () => expect.unreachable());
    const first = next(one, 'journal');
    const { manifest, folder: told } = await one.call('watchRun', { runId: 'a', after: 4 });
    expect([manifest.config.name, told]).toEqual(['pets', folder]);
    expect(await first).toMatchObject({
      runId: 'a',
      first: 4,
      parts: [{ lines: [expect.stringContaining('"step":2')] }],
    });
    const second = next(one, 'journal');
    await appendFile(join(folder, 'events.jsonl'), journalText(steps(3, 4), 9));
    expect(await second).toMatchObject({ first: 5 });
    await one.call('unwatchRun', { runId: 'a' });
    one.on('journal', () => expect.unreachable());
    await appendFile(join(folder, 'events.jsonl'), journalText(steps(5, 6), 9));
    const third = next(other, 'journalLost');
    await expect(other.call('watchRun', { runId: 'b', after: 0 })).rejects.toMatchObject({
      code: 'not-a-run',
    });
    await writeRun(join(home, 'runs'), 'b', undefined);
    await other.call('watchRun', { runId: 'b', after: 0 });
    await rm(join(home, 'runs', 'b'), { recursive: true });
    expect(await third).toMatchObject({ runId: 'b', code: 'not-found' });
  });

  it('tells all windows of runs that come and go, whoever it was', async () => {
    const [one, other] = [window(), window()];
    await one.call('runs', {});
    const both = Promise.all([next(one, 'runsChanged'), next(other, 'runsChanged')]);
    await writeRun(join(home, 'runs'), 'a', beginning());
    await both;
    expect((await one.call('runs', {})).map(({ id }) => id)).toEqual(['a']);
    const gone = next(other, 'runsChanged');
    const { trashed } = await one.call('trashRun', { runId: 'a' });
    await gone;
    expect(await other.call('runs', {})).toEqual([]);
    expect(await other.call('untrashRun', { trashed })).toEqual({ runId: 'a' });
    await mkdir(join(home, 'x'));
    await expect(one.call('addRun', { folder: join(home, 'x') })).rejects.toMatchObject({
      code: 'not-a-run',
    });
    expect(await one.call('readRunFile', { runId: 'a', path: 'none.md' })).toEqual({});
  });

  it('keeps values, and tells the other windows', async () => {
    const [one, other] = [window(), window()];
    one.on('keptChanged', () => expect.unreachable());
    const told = next(other, 'keptChanged');
    expect(await one.call('readKept', { name: 'draft' })).toEqual({});
    await one.call('writeKept', { name: 'draft', value: { a: [1] } });
    expect(await told).toEqual({ name: 'draft' });
    expect(await other.call('readKept', { name: 'draft' })).toEqual({ value: { a: [1] } });
    await expect(one.call('readKept', { name: '../x' as never })).rejects.toMatchObject({
      code: 'bad-message',
    });
  });

  it('downloads a set once at a time, and not at all where nobody knows it', async () => {
    const client = window();
    await expect(client.call('fetchData', { id: 'imagenet' })).rejects.toMatchObject({
      code: 'unknown-published-set',
    });
    const { signal, abort } = abortable();
    const first = client.call('fetchData', { id: 'mnist' }, { signal });
    await expect(window().call('fetchData', { id: 'mnist' })).rejects.toMatchObject({
      code: 'fetch-at-work',
    });
    abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
  });
});
