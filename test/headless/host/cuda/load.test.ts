/** Which ONNX Runtime a process has, by the executor that it asks for first. Libraries are compiled for it. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { installedRuntime } from '../../../../headless/host/cuda/load.ts';
import { setUpCuda } from '../../../../headless/setup/setupCuda.ts';
import { compiledCuda, NO_COMPILER } from '../../../helpers/fakeCuda.ts';

let home = '';
beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'cellsmith-cuda-')));
  if (NO_COMPILER !== undefined) return;
  const { nvidia, bytes } = await compiledCuda(home);
  await writeFile(join(home, 'package.nupkg'), bytes);
  await setUpCuda({
    folder: join(home, 'cuda'),
    package: join(home, 'package.nupkg'),
    nvidia,
    onProgress: () => undefined,
    now: () => '2026-01-01T00:00:00.000Z',
    trial: () => Promise.resolve({ available: true, device: 'none' }),
    hasDriver: () => Promise.resolve(true),
  });
});
afterAll(() => rm(home, { recursive: true }));
beforeEach(({ skip }) => skip(NO_COMPILER !== undefined, NO_COMPILER));

function probed(...ids: string[]): { answers: Record<string, unknown>[]; loaded: string[] } {
  const child = fileURLToPath(new URL('./loadChild.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', child, ...ids], {
    encoding: 'utf8',
    env: { ...process.env, CELLSMITH_CUDA: join(home, 'cuda') },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as { answers: Record<string, unknown>[]; loaded: string[] };
}

it('is that of the set-up for onnx-cuda, on whose copy other executors compute as ever', () => {
  const { answers, loaded } = probed('onnx-cuda', 'onnx-cpu');
  expect(loaded).toEqual([join(home, 'cuda/lib/libonnxruntime.so.1')]);
  expect(answers[0]).toMatchObject({
    available: false,
    reason: expect.stringContaining('Failed to load') as string,
  });
  expect(answers[1]).toMatchObject({ available: true });
});

it('is that of the package for all others, and onnx-cuda comes too late then', async () => {
  const own = await realpath(join(installedRuntime().folder, 'libonnxruntime.so.1'));
  const { answers, loaded } = probed('onnx-cpu', 'onnx-cuda');
  expect(loaded).toEqual([own]);
  expect(answers[0]).toMatchObject({ available: true });
  expect(answers[1]).toEqual({
    available: false,
    reason: `this process has loaded ONNX Runtime without its CUDA provider already (${own})`,
    hint: expect.stringContaining('start the program again') as string,
  });
});

it('is none where a library of NVIDIA has vanished from the computer, and the loader says which', async () => {
  await rm(join(home, 'nvidia/libcudnn.so.9'));
  const gone = probed('onnx-cuda');
  expect(gone.answers[0].reason).toBe(`${join(home, 'nvidia/libcudnn.so.9')}, which was set up, is gone`);
  expect(gone.loaded).toEqual([]);
});
