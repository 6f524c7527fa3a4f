/** One path, and which of the sources it is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { givenCuda, givenTensorflow, givenWheels } from '../../../headless/setup/given.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { writeFiles } from '../../helpers/fakeTensorflow.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-given-'))));
afterEach(() => rm(folder, { recursive: true }));
const at = (...names: string[]): string => join(folder, ...names);

it('is for TensorFlow a wheel, an archive, a library, a folder of wheels or of a library', async () => {
  await writeFiles(folder, {
    'a.whl': '',
    'b.tar.gz': '',
    'libtensorflow.so.2': '',
    'lib/libtensorflow.so.2': '',
    'wheels/nvidia_cudnn_cu12-9.whl': '',
    'wheels/tensorflow-2.21.0-cp311.whl': '',
    'wheels/numpy-1.whl': '',
    'two/tensorflow-2.20.0.whl': '',
    'two/tensorflow_cpu-2.21.0.whl': '',
  });
  expect(await givenTensorflow(at('a.whl'))).toEqual({ wheel: [at('a.whl')] });
  expect(await givenTensorflow(at('b.tar.gz'))).toEqual({ archive: at('b.tar.gz') });
  for (const library of [at('libtensorflow.so.2'), at('lib')])
    expect(await givenTensorflow(library)).toEqual({ library });
  expect(await givenTensorflow(at('wheels'))).toEqual({
    wheel: ['tensorflow-2.21.0-cp311.whl', 'nvidia_cudnn_cu12-9.whl'].map((name) => at('wheels', name)),
  });
  expect((await failure(() => givenTensorflow(at('two')))).code).toBe('several-files');
  expect((await failure(() => givenTensorflow(at('none')))).code).toBe('not-found');
});

it('is for wheels those that are named, and those in folders', async () => {
  await writeFiles(folder, {
    'wheels/nvidia_cudnn_cu12-9.whl': '',
    'wheels/tensorflow-2.21.0-cp311.whl': '',
    'wheels/numpy-1.whl': '',
    'nvidia/nvidia_cublas_cu12-12.whl': '',
    'none/numpy-1.whl': '',
  });
  const wheels = ['tensorflow-2.21.0-cp311.whl', 'nvidia_cudnn_cu12-9.whl'].map((name) => at('wheels', name));
  expect(await givenWheels([at('wheels')])).toEqual(wheels);
  expect(await givenWheels([wheels[0], at('nvidia')])).toEqual([
    wheels[0],
    at('nvidia/nvidia_cublas_cu12-12.whl'),
  ]);
  expect(await failure(() => givenWheels([at('none')]))).toMatchObject({
    code: 'not-found',
    message: `There is no wheel of TensorFlow or NVIDIA in ${at('none')}.`,
  });
  expect((await failure(() => givenWheels([at('a.whl')]))).code).toBe('not-found');
});

it('is for CUDA the package, or a folder with it, with libraries of NVIDIA, or with both', async () => {
  await writeFiles(folder, { 'both/a.nupkg': '', 'both/libcudart.so.12': '', 'nvidia/x': '', 'a.nupkg': '' });
  expect(await givenCuda(at('a.nupkg'))).toEqual({ package: at('a.nupkg') });
  expect(await givenCuda(at('both'))).toEqual({ nvidia: at('both'), package: at('both', 'a.nupkg') });
  expect(await givenCuda(at('nvidia'))).toEqual({ nvidia: at('nvidia') });
  await writeFiles(folder, { 'both/b.nupkg': '' });
  expect((await failure(() => givenCuda(at('both')))).code).toBe('several-files');
  expect((await failure(() => givenCuda(at('none')))).code).toBe('not-found');
});
