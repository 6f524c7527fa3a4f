/** What can compute, as the library tells it: tried, measured, and by that chosen. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../../core/protocol/rpc.ts';
import type { ExecutorReport } from '../../../../headless/host/executors.ts';
import type { Measure } from '../../../../headless/host/measurement.ts';
import { executorsFound } from '../../../../headless/services/library/executorList.ts';
import type { OpenedLibrary } from './openLibrary.ts';
import { openLibrary } from './openLibrary.ts';

const reports: readonly ExecutorReport[] = [
  { id: 'onnx-cpu', title: 'ONNX', available: true, device: 'CPU' },
  { id: 'wasm', title: 'WebAssembly', available: false, reason: 'no SIMD', hint: 'Another machine.' },
];

let library: OpenedLibrary;
let window: OpenedLibrary['window'];
let probes: number;
let measureExecutor: Measure;
let found: readonly ExecutorReport[];
beforeEach(async () => {
  probes = 0;
  found = reports;
  measureExecutor = (id) => Promise.resolve({ available: true, device: 'CPU', standardPassMs: id.length });
  library = await openLibrary({
    measureExecutor: (id, signal) => measureExecutor(id, signal),
    probeExecutors() {
      probes++;
      return probes === 1 ? Promise.reject(new Error('no processes')) : Promise.resolve(found);
    },
  });
  ({ window } = library);
});
afterEach(() => library.close());

describe('the trial of executors', () => {
  it('is made once, unless it failed or is asked again', async () => {
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

  it('is told to other windows, as is a new trial', async () => {
    const own = window();
    const other = window();
    const told: string[] = [];
    own.on('machineChanged', () => expect.unreachable());
    other.on('machineChanged', ({ what }) => told.push(what));
    await own.call('measure', {});
    await own.call('executors', {}).catch(() => undefined);
    await own.call('executors', { again: true });
    await vi.waitFor(() => expect(told).toEqual(['measurement', 'executors']));
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
      { id: 'onnx-cpu', because: expect.stringContaining('Once the executors are measured') },
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
      { id: 'tensorflow', because: expect.stringContaining('By what was measured') },
    ]);
    expect(await takes({ data })).toBe('tensorflow');
    expect(await takes({ data, executor: 'wasm' })).toBe('wasm');
    // Its driver is gone: what is tried now counts more than what was measured.
    found = [...reports, { id: 'tensorflow', title: 'TensorFlow', available: false, reason: 'no driver' }];
    await client.call('executors', { again: true });
    expect(await takes({ data })).toBe('onnx-cpu');
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
