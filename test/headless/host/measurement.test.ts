import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Measure } from '../../../headless/host/measurement.ts';
import {
  isCurrent,
  keepMeasurement,
  measureExecutors,
  readMeasurement,
} from '../../../headless/host/measurement.ts';

const listed = ['onnx-cpu', 'wasm', 'onnx-cuda'].map((id) => ({ id, title: id.toUpperCase() }));
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-measured-'));
});
afterAll(() => rm(home, { recursive: true }));

/** Each takes so many milliseconds of a clock that it moves itself. */
function played(times: Readonly<Record<string, number>>): { measure: Measure; now: () => number } {
  let at = 1000;
  return {
    now: () => at,
    measure(id) {
      at += times[id];
      if (id === 'onnx-cuda')
        return Promise.resolve({ available: false, reason: 'no card', hint: 'Buy one.' });
      const selfTest = { values: 9, worst: 1e-6 };
      return Promise.resolve({ available: true, device: 'CPU', selfTest, standardPassMs: times[id] / 10 });
    },
  };
}
const times = { 'onnx-cpu': 2000, wasm: 30_000, 'onnx-cuda': 500 };

describe('a measurement of the executors', () => {
  it('tells each with its figures or the reason, and the time left by those before', async () => {
    const told: unknown[] = [];
    const onProgress = (...given: unknown[]): void => void told.push(given);
    const first = await measureExecutors(listed, { ...played(times), onProgress });
    expect(first.executors).toEqual([
      {
        ...{ id: 'onnx-cpu', title: 'ONNX-CPU', available: true, device: 'CPU' },
        ...{ selfTest: { values: 9, worst: 1e-6 }, standardPassMs: 200, tookMs: 2000 },
      },
      expect.objectContaining({ id: 'wasm', standardPassMs: 3000, tookMs: 30_000 }),
      { id: 'onnx-cuda', title: 'ONNX-CUDA', available: false, reason: 'no card', tookMs: 500 },
    ]);
    expect(told).toEqual([
      ['ONNX-CPU', 0, 12_000],
      ['WASM', 4000, 12_000],
      ['ONNX-CUDA', 8000, 12_000],
    ]);
    told.length = 0;
    await measureExecutors(listed, { ...played(times), before: first, onProgress });
    expect(told).toEqual([
      ['ONNX-CPU', 0, 32_500],
      ['WASM', 2000, 32_500],
      ['ONNX-CUDA', 32_000, 32_500],
    ]);
  });

  it('can be cancelled, and measures nothing after that', async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const measure: Measure = (id, signal) => {
      asked.push(id);
      expect(signal).toBe(stop.signal);
      stop.abort();
      return Promise.resolve({ available: false, reason: 'it was ended' });
    };
    await expect(
      measureExecutors(listed, { measure, now: () => 0, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual(['onnx-cpu']);
  });

  it('is kept in the home, and holds for this version, these packages and this processor', async () => {
    expect(await readMeasurement(home)).toBeUndefined();
    const made = await measureExecutors(listed, played(times));
    await keepMeasurement(home, made);
    expect(await readMeasurement(home)).toEqual(made);
    expect(await isCurrent(made)).toBe(true);
    expect(await isCurrent({ ...made, app: '0.0.0' })).toBe(false);
    expect(await isCurrent({ ...made, cpu: 'another' })).toBe(false);
    const setups = { ...made.setups, tensorflow: '2026-01-01T00:00:00Z' };
    expect(await isCurrent({ ...made, setups })).toBe(false);
    expect(await isCurrent({ ...made, versions: { ...made.versions, node: '1.0.0' } })).toBe(true);
    const versions = { ...made.versions, 'onnxruntime-node': '1.0.0' };
    expect(await isCurrent({ ...made, versions })).toBe(false);
    const path = join(home, 'measured.json');
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 40));
    expect(await readMeasurement(home)).toBeUndefined();
  });
});
