/** The CUDA provider that was set up is used only as long as it is what was set up, and of the version that is installed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkedCudaSetup,
  cudaFolder,
  type CudaSetup,
  readCudaSetup,
} from '../../../../headless/host/cuda/setup.ts';
import { failure } from '../../../helpers/datasetBytes.ts';
import { writeFiles } from '../../../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-cuda-'));
  await writeFiles(folder, { 'lib/own.so': 'library', 'elsewhere.so': 'other' });
});
afterEach(() => rm(folder, { recursive: true }));

const setup = (): CudaSetup => ({
  format: 1,
  version: '1.30.0',
  source: 'a test',
  checkedBy: 'given',
  libraries: [{ path: 'lib/own.so', bytes: 7 }],
  nvidia: [{ path: join(folder, 'elsewhere.so'), bytes: 5 }],
  madeAt: '2026-01-01T00:00:00Z',
});
const put = (content: unknown) =>
  writeFile(join(folder, 'cuda.json'), typeof content === 'string' ? content : JSON.stringify(content));
const check = () => checkedCudaSetup(folder, '1.30.0');

describe('what was set up', () => {
  it('is nothing where there is no folder, or no record', async () => {
    expect(await readCudaSetup(join(folder, 'none'))).toBeUndefined();
    expect(await readCudaSetup(join(folder, 'elsewhere.so'))).toBeUndefined();
    const { code, message } = await failure(check);
    expect([code, message]).toEqual([
      'no-onnx-cuda',
      "the libraries of ONNX Runtime's CUDA provider are not set up",
    ]);
  });

  it('is known by its record, with files in the folder and elsewhere', async () => {
    await put(setup());
    expect(await check()).toEqual(setup());
  });

  it.each<[string, (good: CudaSetup) => unknown]>([
    ['torn', (good) => JSON.stringify(good).slice(0, -9)],
    ['of a later format', (good) => ({ ...good, format: 2 })],
    ['without libraries', (good) => ({ ...good, libraries: [] })],
  ])('is not to be used where its record is %s', async (_name, change) => {
    await put(change(setup()));
    expect((await failure(check)).code).toBe('bad-onnx-cuda');
  });

  it('is not to be used with another ONNX Runtime', async () => {
    await put({ ...setup(), version: '1.29.0' });
    const { code, message } = await failure(check);
    expect([code, message]).toEqual([
      'onnx-cuda-version',
      `the CUDA provider in ${folder} is of ONNX Runtime 1.29.0, and 1.30.0 is installed`,
    ]);
  });

  it.each(['lib/own.so', 'elsewhere.so'])('is not to be used once %s is gone, or another', async (name) => {
    await put(setup());
    await writeFile(join(folder, name), 'much longer');
    expect((await failure(check)).message).toContain('another version has taken its place');
    await rm(join(folder, name));
    const { code, message } = await failure(check);
    expect([code, message]).toEqual([
      'onnx-cuda-changed',
      `${join(folder, name)}, which was set up, is gone`,
    ]);
  });
});

it('lies in the folder that is named, else in the home that is named, else in that of the user', () => {
  expect(cudaFolder({ CELLSMITH_CUDA: '/a/b', CELLSMITH_HOME: '/c' })).toBe('/a/b');
  expect(cudaFolder({ CELLSMITH_CUDA: '', CELLSMITH_HOME: '/c' })).toBe('/c/cuda');
  expect(cudaFolder({})).toBe(join(homedir(), 'Cellsmith/cuda'));
});
