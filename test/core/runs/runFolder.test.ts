import { describe, expect, it } from 'vitest';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { createRun, openRun, resumeRun } from '../../../core/runs/runFolder.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import type { MemoryFiles } from '../../helpers/memoryFiles.ts';

const setup = {
  config: RunConfig.parse({ name: 'first', seed: 7 }),
  app: '0.1.0',
  seed: 7,
  executor: 'onnx-cpu',
  device: '2 cores',
  versions: { 'onnxruntime-node': '1.30.0' },
};
const put = (files: MemoryFiles, path: string, text: string): void => {
  files.disk.set(path, new TextEncoder().encode(text));
};
async function runJson(change: (manifest: Record<string, unknown>) => unknown): Promise<MemoryFiles> {
  const files = memoryFiles();
  await (await createRun(files, setup)).release();
  put(files, 'run.json', JSON.stringify(change(JSON.parse(await files.readText('run.json')))));
  return files;
}

describe('a run folder', () => {
  it('is created in an empty folder and says afterwards what was asked for', async () => {
    const files = memoryFiles();
    const run = await createRun(files, setup);
    expect(run.manifest).toEqual({ format: 1, ...setup });
    expect(await openRun(files)).toEqual(run.manifest);
    await run.release();
    const again = await resumeRun(files);
    expect(again.manifest).toEqual(run.manifest);
    await again.release();
  });

  it('is not created over a run, nor among files of another kind, and nothing there changes', async () => {
    const files = memoryFiles();
    await (await createRun(files, setup)).release();
    await expect(createRun(files, setup)).rejects.toMatchObject({
      code: 'run-exists',
      hint: expect.stringContaining('Resume that run, or choose another folder'),
    });
    const other = memoryFiles();
    for (const name of ['d.txt', 'a.txt', 'b.txt', 'c/x.txt']) put(other, name, 'mine');
    await expect(createRun(other, setup)).rejects.toMatchObject({
      code: 'folder-not-empty',
      message: expect.stringContaining('a.txt, b.txt, c, …'),
    });
    expect(other.operations()).toBe(0);
  });

  it('is held by one process at a time, and let go where taking it fails', async () => {
    const files = memoryFiles();
    const run = await createRun(files, setup);
    await expect(resumeRun(files)).rejects.toMatchObject({ code: 'run-locked' });
    await run.release();
    put(files, 'run.json', '{');
    await expect(resumeRun(files)).rejects.toMatchObject({ code: 'run-damaged' });
    files.disk.clear();
    files.faults.capacity = 10;
    await expect(createRun(files, setup)).rejects.toMatchObject({ code: 'disk-full' });
    files.faults.capacity = Infinity;
    await (await createRun(files, setup)).release();
  });

  it('without run.json is not a run', async () => {
    await expect(openRun(memoryFiles())).rejects.toMatchObject({ code: 'not-a-run' });
    await expect(resumeRun(memoryFiles())).rejects.toMatchObject({ code: 'not-a-run' });
  });

  it.each([
    ['no object', () => 3, 'run-damaged', 'no format number'],
    ['a newer format', (m: object) => ({ ...m, format: 2, more: 1 }), 'newer-format', 'has format 2'],
    ['an impossible format', (m: object) => ({ ...m, format: 0 }), 'run-damaged', 'no format number'],
    ['no seed', (m: object) => ({ ...m, seed: undefined }), 'run-damaged', 'seed'],
    ['a field nobody knows', (m: object) => ({ ...m, extra: 1 }), 'run-damaged', 'extra'],
    [
      'a configuration out of range',
      (m: object) => ({ ...m, config: { seed: -1 } }),
      'run-damaged',
      'config.seed',
    ],
  ])('with %s is refused by name', async (_, change, code, message) => {
    const files = await runJson(change);
    await expect(openRun(files)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('with a run.json that is not JSON is refused by name', async () => {
    const files = memoryFiles();
    put(files, 'run.json', '{"format":');
    await expect(openRun(files)).rejects.toMatchObject({
      code: 'run-damaged',
      message: 'memory/run.json is not JSON.',
    });
  });
});
