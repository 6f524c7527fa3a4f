/** NVIDIA's libraries are there for an addon that was not compiled here. Libraries that stand for them are compiled. */
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { probeExecutor } from '../../../../headless/host/probe.ts';
import { neededLibraries } from '../../../../headless/setup/elf.ts';
import { setUpTensorflow } from '../../../../headless/setup/setupTensorflow.ts';
import { sourcesOf } from '../../../../headless/setup/sources.ts';
import { compileLibrary, NO_COMPILER } from '../../../helpers/fakeCuda.ts';
import { fakeLibrary, writeFiles } from '../../../helpers/fakeTensorflow.ts';

let home = '';
beforeEach(async ({ skip }) => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-preloaded-'));
  skip(NO_COMPILER !== undefined, NO_COMPILER);
  vi.stubEnv('CELLSMITH_TENSORFLOW', join(home, 'tensorflow'));
  vi.stubEnv('CELLSMITH_TEST_WITNESS', join(home, 'witness'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

/** Looks for a library by its name, as TensorFlow does, once it is loaded; is no addon of Node. */
const ADDON = `
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
__attribute__((constructor)) static void loaded(void) {
  void *library = dlopen("libcudart.so.12", RTLD_NOW);
  FILE *file = fopen(getenv("CELLSMITH_TEST_WITNESS"), "w");
  fprintf(file, "%d", library ? ((int (*)(void))dlsym(library, "cudart"))() : 0);
  fclose(file);
}
`;

it('are loaded before it, from where they lie', async () => {
  const site = join(home, 'site-packages');
  await writeFiles(site, { 'tensorflow/libtensorflow_cc.so.2': fakeLibrary() });
  await compileLibrary(join(site, 'nvidia/cublas/lib/libcublas.so.12'), 'int cublas(void) { return 1; }');
  const cudart = join(site, 'nvidia/cuda_runtime/lib/libcudart.so.12');
  await compileLibrary(cudart, 'int cudart(void) { return 7; }');
  const { setup, folder } = await setUpTensorflow({
    folder: join(home, 'tensorflow'),
    sources: sourcesOf({ library: site, cpu: false }),
    addon: { path: await compileLibrary(join(home, 'addon.node'), ADDON) },
    onProgress: () => undefined,
    onSkipped: () => undefined,
    now: () => '2026-01-01T00:00:00.000Z',
    trial: () => Promise.resolve({ available: true, device: 'none' }),
  });
  expect(setup.preloaded).toBe('lib/libcellsmith_tensorflow.so');
  expect(await neededLibraries(join(folder, 'lib/libcellsmith_tensorflow.so'))).toEqual([
    'libcublas.so.12',
    'libcudart.so.12',
  ]);
  expect(await probeExecutor('tensorflow')).toMatchObject({
    available: false,
    reason: expect.stringContaining('did not self-register') as string,
  });
  expect(await readFile(join(home, 'witness'), 'utf8')).toBe('7');
  await rename(cudart, `${cudart}.gone`);
  expect(await probeExecutor('tensorflow')).toMatchObject({
    reason: expect.stringMatching(/cannot be loaded: libcudart\.so\.12: cannot open/) as string,
  });
});
