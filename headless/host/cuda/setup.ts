/** The libraries of ONNX Runtime's CUDA provider that were set up on this computer: where they lie, whether they are whole. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CellsmithError } from '../../../core/base/errors.ts';
import { readRecord, setupFolder } from '../setupRecord.ts';

const File = z.strictObject({ path: z.string(), bytes: z.number().int() });

/** What was set up, as it is on record. */
export const CudaSetup = z.strictObject({
  format: z.literal(1),
  /** Of ONNX Runtime: another one cannot use it. */
  version: z.string(),
  /** Where the package is from, for people. */
  source: z.string(),
  /** What the package was held to. */
  checkedBy: z.enum(['feed', 'given', 'nothing']),
  /** Below the folder; those of NVIDIA also elsewhere and absolute. */
  libraries: z.array(File).min(1),
  nvidia: z.array(File),
  /** What it computed on when it was tried; missing where it was not. */
  device: z.string().optional(),
  madeAt: z.iso.datetime(),
});
export type CudaSetup = z.infer<typeof CudaSetup>;

export const CUDA_MANIFEST = 'cuda.json';
export const CUDA_LIBRARIES = 'lib';
export const RUNTIME = 'libonnxruntime.so.1';
export const PROVIDER = 'libonnxruntime_providers_cuda.so';
/** Names the libraries that have to be there before the provider is; see `headless/setup/elf.ts`. */
export const PRELOADED = 'libcellsmith_cuda.so';

const AGAIN = 'Set it up again: on the page “This machine” of the window, or by npm run setup:cuda.';

/** @returns CELLSMITH_CUDA, else `cuda` in the home folder */
export function cudaFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return setupFolder(environment.CELLSMITH_CUDA, 'cuda', environment);
}

/** @returns undefined where nothing was set up @throws CellsmithError `bad-onnx-cuda` for a manifest that is none */
export function readCudaSetup(folder: string): Promise<CudaSetup | undefined> {
  const path = join(folder, CUDA_MANIFEST);
  return readRecord(
    path,
    CudaSetup,
    () => new CellsmithError('bad-onnx-cuda', `${path} is damaged, or of another version`, AGAIN),
  );
}

/**
 * What is needed to load it.
 * @param version of the ONNX Runtime that is installed
 * @throws CellsmithError `no-onnx-cuda`, `bad-onnx-cuda`, `onnx-cuda-version`, `onnx-cuda-changed`
 */
export async function checkedCudaSetup(folder: string, version: string): Promise<CudaSetup> {
  const setup = await readCudaSetup(folder);
  if (setup === undefined) {
    throw new CellsmithError(
      'no-onnx-cuda',
      "the libraries of ONNX Runtime's CUDA provider are not set up",
      'Set them up on the page “This machine” of the window, or by npm run setup:cuda. They need Linux on x64 and an NVIDIA card.',
    );
  }
  if (setup.version !== version) {
    throw new CellsmithError(
      'onnx-cuda-version',
      `the CUDA provider in ${folder} is of ONNX Runtime ${setup.version}, and ${version} is installed`,
      AGAIN,
    );
  }
  for (const { path, bytes } of [...setup.libraries, ...setup.nvidia]) {
    const full = resolve(folder, path);
    const found = await stat(full).then(
      ({ size }) => size,
      () => undefined,
    );
    if (found === bytes) continue;
    throw new CellsmithError(
      'onnx-cuda-changed',
      found === undefined
        ? `${full}, which was set up, is gone`
        : `${full} is not the file that was set up: another version has taken its place`,
      AGAIN,
    );
  }
  return setup;
}
