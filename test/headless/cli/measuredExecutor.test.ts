/** Which executor an experiment of the terminal takes that names none. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeConfig } from '../../../headless/cli/completeConfig.ts';
import { isChoice } from '../../../headless/cli/examine.ts';
import { keepMeasurement, measureExecutors } from '../../../headless/host/measurement.ts';

let home: string;
let said: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-measured-'));
  vi.stubEnv('CELLSMITH_HOME', home);
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(home, { recursive: true });
});

/** Milliseconds of a large pass, and of one with a single thread. */
async function measured(times: Readonly<Record<string, number>>, single?: number): Promise<void> {
  const listed = Object.keys(times).map((id) => ({ id, title: id }));
  const made = await measureExecutors(listed, {
    now: () => 1,
    measure: (id) =>
      Promise.resolve({
        ...{ available: true, device: 'a device', standardPassMs: 1, largePassMs: times[id] },
        ...(single === undefined ? {} : { threadPasses: [{ threads: 1, ms: single }] }),
      }),
  });
  await keepMeasurement(home, made);
}

describe('what was measured', () => {
  it('is kept where an experiment would ask for it, in a home that was not there, too', () => {
    const none = { cores: 2, executors: [] };
    const one = { id: 'onnx-webgpu', title: 'a card', available: true, tookMs: 1 };
    expect(isChoice(none, false)).toBe(false);
    expect(isChoice(none, true)).toBe(true);
    expect(isChoice({ ...none, cores: 8 }, false)).toBe(true);
    expect(isChoice({ ...none, executors: [{ ...one, onCard: true }] }, false)).toBe(true);
    expect(isChoice({ ...none, executors: [one] }, false)).toBe(false);
  });
});

describe('an experiment of the terminal that names no executor', () => {
  it('takes the one that was measured to be the fastest, and says so', async () => {
    await measured({ 'onnx-cpu': 900, cpu: 80 });
    expect((await completeConfig({}, '')).executor).toBe('cpu');
    expect(said).toContain('cpu is taken, which was measured to be the fastest here');
  });

  it('takes the usual one without a word where that is the fastest', async () => {
    await measured({ 'onnx-cpu': 80, cpu: 900 });
    expect((await completeConfig({}, '')).executor).toBe('onnx-cpu');
    expect(said).toBe('');
  });

  it('takes the usual one where the fastest does not work any more, with the reason', async () => {
    // It needs Windows or macOS: on neither system are both there.
    const gone = process.platform === 'win32' ? 'onnx-coreml' : 'onnx-directml';
    await measured({ 'onnx-cpu': 900, [gone]: 80 });
    expect((await completeConfig({}, '')).executor).toBe('onnx-cpu');
    expect(said).toMatch(/does not work now: this build of ONNX Runtime has no .*onnx-cpu is taken/s);
    // With as many threads as were fastest for the usual one, which has another word to say of them.
    await measured({ 'onnx-cpu': 900, [gone]: 80 }, 500);
    expect(await completeConfig({}, '')).toMatchObject({ executor: 'onnx-cpu', threads: 1 });
    said = '';
    expect(await completeConfig({ threads: 2 }, '')).toMatchObject({ executor: 'onnx-cpu', threads: 2 });
    expect(said).not.toContain('takes no number of threads');
  });

  it('takes as many threads as were measured to be fastest, and says so; unless it names a number', async () => {
    await measured({ 'onnx-cpu': 900 }, 500);
    expect((await completeConfig({}, '')).threads).toBe(1);
    expect(said).toContain('1 thread is taken, which was measured to be the fastest here');
    said = '';
    expect((await completeConfig({ threads: 2 }, '')).threads).toBe(2);
    expect((await completeConfig({ threads: 0 }, '')).threads).toBe(0);
    expect(said).toBe('');
  });

  it('is told where its executor takes no number of threads', async () => {
    await completeConfig({ executor: 'wasm', threads: 2 }, '');
    expect(said).toContain('wasm takes no number of threads: 2 changes nothing');
  });

  it('keeps the one that it names, tried or not', async () => {
    await measured({ 'onnx-cpu': 900, cpu: 80 });
    expect((await completeConfig({ executor: 'wasm' }, '')).executor).toBe('wasm');
    expect(said).toBe('');
  });
});
