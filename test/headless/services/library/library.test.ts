/** The whole library over ports, as windows use it. */
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { libraryApi } from '../../../../core/protocol/libraryApi.ts';
import type { Client, Progress } from '../../../../core/protocol/rpc.ts';
import { connect } from '../../../../core/protocol/rpc.ts';
import type { ExecutorReport } from '../../../../headless/host/executors.ts';
import { executorsFound } from '../../../../headless/services/library/executorList.ts';
import type { Library } from '../../../../headless/services/library/library.ts';
import type { Measure } from '../../../../headless/host/measurement.ts';
import { createLibrary } from '../../../../headless/services/library/library.ts';
import { serveRegistries } from '../../../../headless/services/registries/registriesService.ts';
import { portPair } from '../../../helpers/portPair.ts';
import { fakeProcesses } from '../fakeProcesses.ts';
import { beginning, journalText, steps, writeRun } from './someRuns.ts';

const reports: readonly ExecutorReport[] = [
  { id: 'onnx-cpu', title: 'ONNX', available: true, device: 'CPU' },
  { id: 'wasm', title: 'WebAssembly', available: false, reason: 'no SIMD', hint: 'Another machine.' },
];

let home: string;
let library: Library;
let probes: number;
let measureExecutor: Measure;
let found: readonly ExecutorReport[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-home-'));
  probes = 0;
  found = reports;
  measureExecutor = (id) => Promise.resolve({ available: true, device: 'CPU', standardPassMs: id.length });
  library = await createLibrary({
    home,
    processes: fakeProcesses(({ entry, port }) => {
      if (entry === 'registries') void serveRegistries(port, home);
    }),
    measureExecutor: (id, signal) => measureExecutor(id, signal),
    probeExecutors() {
      probes++;
      return probes === 1 ? Promise.reject(new Error('no processes')) : Promise.resolve(found);
    },
  });
});
afterEach(async () => {
  await library.close();
  await rm(home, { recursive: true, force: true });
});

function window(): Client<typeof libraryApi> {
  const { near, far } = portPair();
  library.connect(far);
  return connect(near, libraryApi);
}

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

  it('tries executors once, unless it failed or is asked again', async () => {
    const client = window();
    await expect(client.call('executors', {})).rejects.toThrow('no processes');
    expect(await client.call('executors', {})).toEqual(executorsFound(reports));
    await window().call('executors', {});
    expect(probes).toBe(2);
    await client.call('executors', { again: true });
    expect(probes).toBe(3);
  });
});

describe('the measurement of executors', () => {
  it('is made in processes of its own, tells progress, and is kept for every window', async () => {
    const client = window();
    expect(await client.call('measured', {})).toEqual({ isCurrent: false });
    const told: string[] = [];
    const onProgress = ({ what, done, total }: Progress): void => {
      expect(done).toBeLessThanOrEqual(total);
      told.push(what);
    };
    const made = await client.call('measure', {}, { onProgress });
    expect(made.executors.find(({ id }) => id === 'wasm')).toMatchObject({
      standardPassMs: 4,
      device: 'CPU',
    });
    expect(told.length).toBeGreaterThanOrEqual(made.executors.length);
    expect(await window().call('measured', {})).toEqual({ last: made, isCurrent: true });
  });

  it('is refused to a second window meanwhile, can be cancelled, and leaves the last one then', async () => {
    let seen: AbortSignal | undefined;
    measureExecutor = (_id, signal) =>
      new Promise((resolve) => {
        seen = signal;
        signal?.addEventListener('abort', () => resolve({ available: false, reason: 'ended' }));
      });
    const stop = new AbortController();
    const client = window();
    const first = client.call('measure', {}, { signal: stop.signal });
    const cancelled = expect(first).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(seen).toBeDefined());
    await expect(window().call('measure', {})).rejects.toMatchObject({ code: 'measure-at-work' });
    stop.abort();
    await cancelled;
    await vi.waitFor(() => expect(seen?.aborted).toBe(true));
    expect(await client.call('measured', {})).toEqual({ isCurrent: false });
    measureExecutor = () => Promise.resolve({ available: false, reason: 'no' });
    await vi.waitFor(async () =>
      expect((await client.call('measure', {})).executors.length).toBeGreaterThan(3),
    );
  });
});

describe('the executor that a new run takes', () => {
  const chosen = (list: readonly ExecutorReport[]) => executorsFound(list).filter((found) => found.chosen);
  const lost: ExecutorReport = { id: 'onnx-cpu', title: 'ONNX', available: false, reason: 'no library' };

  it('is the default where it works and nothing was measured, and says why', () => {
    expect(chosen(reports)).toMatchObject([
      { id: 'onnx-cpu', because: expect.stringContaining('Once they are measured') },
    ]);
  });

  it('is the fastest as soon as that was measured, in the list and in an experiment that names none', async () => {
    const card: ExecutorReport = { id: 'tensorflow', title: 'TensorFlow', available: true, device: 'a card' };
    found = [...reports, card];
    measureExecutor = (id) =>
      Promise.resolve(
        id === 'tensorflow'
          ? { available: true, device: 'a card', standardPassMs: 30, largePassMs: 80 }
          : { available: true, device: 'CPU', standardPassMs: 20, largePassMs: 900 },
      );
    const client = window();
    const takes = async (config: Record<string, unknown>): Promise<unknown> => {
      const checked = await client.call('checkConfig', { config });
      return checked.ok ? checked.config.executor : checked.issues;
    };
    const data = { source: 'shapes10' };
    expect(await takes({ data })).toBe('onnx-cpu');
    await client.call('measure', {});
    await client.call('executors', {}).catch(() => undefined);
    expect((await client.call('executors', {})).filter((one) => one.chosen)).toMatchObject([
      { id: 'tensorflow', because: expect.stringContaining('measured to be the fastest') },
    ]);
    expect(await takes({ data })).toBe('tensorflow');
    expect(await takes({ data, executor: 'wasm' })).toBe('wasm');
  });

  it('is the next best where it does not, and none where none works', () => {
    const cpu: ExecutorReport = { id: 'cpu', title: 'JavaScript', available: true, device: 'CPU' };
    const wasm: ExecutorReport = { id: 'wasm', title: 'WebAssembly', available: true, device: 'CPU' };
    expect(chosen([lost, cpu, wasm])).toMatchObject([
      { id: 'wasm', because: expect.stringContaining('no library') },
    ]);
    expect(chosen([lost])).toEqual([]);
    expect(executorsFound([lost])).toEqual([
      { id: 'onnx-cpu', title: 'ONNX', available: false, reason: 'no library', chosen: false },
    ]);
  });
});
