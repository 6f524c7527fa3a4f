/** Sees to it that ONNX Runtime finds its CUDA provider: it looks beside `libonnxruntime.so.1`, so that of the set-up is loaded. */
import { access, readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CellsmithError } from '../../../core/base/errors.ts';
import { whyNotLoaded } from '../nativeLibrary.ts';
import {
  checkedCudaSetup,
  CUDA_LIBRARIES,
  cudaFolder,
  PRELOADED,
  PROVIDER,
  readCudaSetup,
  RUNTIME,
} from './setup.ts';

const DRIVER = /libcuda\.so\.1/;
const CUDA_SYSTEM = 'linux/x64';

/** ONNX Runtime as npm has installed it; in `folder` lie its libraries for this system. */
export function installedRuntime(): { readonly version: string; readonly folder: string } {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve('onnxruntime-node/package.json');
  const { version } = require(manifest) as { version: string };
  return { version, folder: join(dirname(manifest), 'bin', 'napi-v6', process.platform, process.arch) };
}

let loaded: string | undefined;

/**
 * To be called before the package onnxruntime-node is loaded: `libonnxruntime.so.1` of the set-up is loaded with NVIDIA's
 * libraries, and stays, so that the package's addon takes it, which is the same library by its name and its bytes.
 * @returns the folder of the provider; undefined where this system has none, or npm has installed it
 * @throws CellsmithError `no-onnx-cuda`, `bad-onnx-cuda`, `onnx-cuda-version`, `onnx-cuda-changed`, `onnx-cuda-too-late`,
 * `onnx-cuda-not-loaded`
 */
export async function preloadCuda(folder = cudaFolder()): Promise<string | undefined> {
  if (`${process.platform}/${process.arch}` !== CUDA_SYSTEM) return undefined;
  if (loaded !== undefined) return loaded;
  const installed = installedRuntime();
  if ((await isThere(join(installed.folder, PROVIDER))) && (await readCudaSetup(folder)) === undefined)
    return undefined;
  await checkedCudaSetup(folder, installed.version);
  const libraries = join(await realpath(folder), CUDA_LIBRARIES);
  await expectFirst(join(libraries, RUNTIME));
  // Float32 that is float32, as on the other executors; what the person has set stays.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0';
  const problem = whyNotLoaded(join(libraries, PRELOADED));
  if (problem !== undefined) throw notLoaded(problem);
  loaded = libraries;
  return loaded;
}

/** Once the provider was refused: the reason, which ONNX Runtime keeps to itself. */
export function explainRefusal(libraries: string): CellsmithError | undefined {
  const problem = whyNotLoaded(join(libraries, PROVIDER));
  return problem === undefined ? undefined : notLoaded(problem);
}

/** Of two libraries with one name, a process takes the one that came first. */
async function expectFirst(runtime: string): Promise<void> {
  const maps = await readFile('/proc/self/maps', 'utf8');
  const other = maps
    .split('\n')
    .map((line) => line.slice(line.indexOf('/')))
    .find((path) => path.endsWith(`/${RUNTIME}`) && path !== runtime);
  if (other === undefined) return;
  throw new CellsmithError(
    'onnx-cuda-too-late',
    `this process has loaded ONNX Runtime without its CUDA provider already (${other})`,
    'Compute with onnx-cuda in a process that has not used another executor of ONNX Runtime before: start the program again.',
  );
}

function notLoaded(problem: string): CellsmithError {
  return new CellsmithError(
    'onnx-cuda-not-loaded',
    `the libraries of ONNX Runtime's CUDA provider cannot be loaded: ${problem}`,
    DRIVER.test(problem)
      ? 'libcuda.so.1 comes with the NVIDIA driver, which is not installed or not loaded here.'
      : 'Set it up again, with other libraries of CUDA if need be: on the page “This machine” of the window, or by npm run setup:cuda -- --help.',
  );
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
