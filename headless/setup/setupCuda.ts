/**
 * Sets up ONNX Runtime's CUDA provider for the executor `onnx-cuda`: package, NVIDIA's libraries, a trial in a process of its
 * own, the record. All of it is made beside the folder that is in use, and takes its place only when the trial went well.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { installedRuntime } from '../host/cuda/load.ts';
import {
  CUDA_LIBRARIES,
  CUDA_MANIFEST,
  type CudaSetup,
  PRELOADED,
  PROVIDER,
  RUNTIME,
} from '../host/cuda/setup.ts';
import {
  CUDA_VARIABLE,
  cudaPackage,
  expectChoice,
  fetchPackage,
  type PackageChoice,
  type PackageFile,
  takeProvider,
} from './cudaPackage.ts';
import { libraryThatNeeds } from './elf.ts';
import { isInside, whatElseStands } from './folders.ts';
import { type NvidiaChoice, nvidiaLibraries, nvidiaNames } from './nvidia.ts';
import { hasNvidiaDriver } from './sources.ts';
import { expectGoing, setUpBeside, type Trial, trialOf, undo } from './staged.ts';
import type { Progress } from './wheel.ts';

const TRIAL = trialOf('onnx-cuda', CUDA_VARIABLE);
const OURS = { manifest: CUDA_MANIFEST, names: [CUDA_LIBRARIES, 'nvidia', CUDA_MANIFEST] };
/** That is more than a missing driver: libraries that cannot be loaded, and a process that died of them. */
const BROKEN = /cannot be loaded: (?!libcuda\.so\.1)|^the probe |did not answer/;

export interface CudaOptions extends PackageChoice, NvidiaChoice {
  /** See `cudaFolder`. */
  readonly folder: string;
  /** Where no driver is loaded, is content with libraries that can be loaded. */
  readonly untried?: boolean;
  readonly onProgress: Progress;
  readonly signal?: AbortSignal;
  /** The time as ISO 8601. */
  readonly now: () => string;
  readonly trial?: Trial;
  readonly hasDriver?: () => Promise<boolean>;
}

export interface SetUpCuda {
  readonly folder: string;
  readonly setup: CudaSetup;
}

/**
 * @throws CellsmithError of package and libraries; `bad-usage`, `cuda-unsupported`, `no-nvidia-driver`, `not-a-cuda-setup`, `setup-at-work`, `cancelled`;
 * `cuda-does-not-work` where the trial fails. What was set up before stays then.
 */
export async function setUpCuda(options: CudaOptions): Promise<SetUpCuda> {
  const { folder, onProgress, signal, trial = TRIAL, hasDriver = hasNvidiaDriver } = options;
  expectChoice(options);
  const driver = await hasDriver();
  await expectPossible(folder, driver || options.untried === true);
  return setUpBeside(folder, OURS, signal, async ({ staging, downloads }) => {
    const wanted = cudaPackage();
    const file = await fetchPackage(wanted, options, { downloads, onProgress, signal });
    expectGoing(signal);
    await takeProvider(file, wanted, staging, { onProgress, signal });
    const nvidia = await putLibraries(options, staging, downloads);
    expectGoing(signal);
    const setup = await recorded(file, nvidia, staging, options.now());
    onProgress('trying it out', 0, 0);
    expectGoing(signal);
    const answer = await trial(staging, signal);
    expectGoing(signal);
    const device = answer.available ? answer.device : undefined;
    if (!answer.available && (driver || BROKEN.test(answer.reason)))
      throw doesNotWork(file.source, answer.reason);
    const whole = { ...setup, device };
    await writeRecord(staging, whole);
    return { folder, setup: whole };
  });
}

/** @returns whether there was something @throws CellsmithError `not-a-cuda-setup` for a folder of other things */
export async function undoCuda(folder: string): Promise<boolean> {
  await expectOurs(folder);
  return undo(folder, OURS);
}

/**
 * ONNX Runtime looks for its providers beside its own library, so that lies here, too; and what the provider needs of NVIDIA
 * is loaded before, by the library that is written here, since the system would look for it elsewhere.
 * @returns NVIDIA's libraries
 */
async function putLibraries(
  { onProgress, signal, ...choice }: CudaOptions,
  staging: string,
  downloads: string,
): Promise<readonly string[]> {
  const libraries = join(staging, CUDA_LIBRARIES);
  // Not by the system's copying, which does not look into the archive of a packed program.
  await writeFile(join(libraries, RUNTIME), await readFile(join(installedRuntime().folder, RUNTIME)));
  const names = await nvidiaNames(join(libraries, PROVIDER));
  const nvidia = await nvidiaLibraries(names, choice, { into: staging, downloads, onProgress, signal });
  const folders = [...new Set(nvidia.map(dirname))].map((path) =>
    isInside(staging, path) ? join('$ORIGIN', relative(libraries, path)) : path,
  );
  const content = libraryThatNeeds(PRELOADED, [RUNTIME, ...names], ['$ORIGIN', ...folders]);
  await writeFile(join(libraries, PRELOADED), content);
  return nvidia;
}

async function recorded(
  { source, checkedBy }: PackageFile,
  nvidia: readonly string[],
  staging: string,
  madeAt: string,
): Promise<CudaSetup> {
  const known = async (path: string): Promise<{ path: string; bytes: number }> => ({
    path: isInside(staging, path) ? relative(staging, path) : path,
    bytes: (await stat(path)).size,
  });
  const own = [RUNTIME, PRELOADED, PROVIDER, PROVIDER.replace('cuda', 'shared')];
  const setup: CudaSetup = {
    format: 1,
    version: installedRuntime().version,
    source,
    checkedBy,
    libraries: await Promise.all(own.map((name) => known(join(staging, CUDA_LIBRARIES, name)))),
    nvidia: await Promise.all(nvidia.map(known)),
    madeAt,
  };
  await writeRecord(staging, setup);
  return setup;
}

function writeRecord(staging: string, setup: CudaSetup): Promise<void> {
  return writeFile(join(staging, CUDA_MANIFEST), `${JSON.stringify(setup, undefined, 2)}\n`);
}

/** Bytes on the disk of what was set up, libraries that lie elsewhere aside. */
export function ownCudaBytes({ libraries, nvidia }: CudaSetup): number {
  return [...libraries, ...nvidia]
    .filter(({ path }) => !path.startsWith('/'))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

/** @throws CellsmithError why it cannot be set up there: `cuda-unsupported`, `no-nvidia-driver`, `not-a-cuda-setup` */
export async function expectCudaPossible(folder: string): Promise<void> {
  await expectPossible(folder, await hasNvidiaDriver());
}

async function expectPossible(folder: string, isDriverEnough: boolean): Promise<void> {
  expectSystem();
  await expectOurs(folder);
  if (!isDriverEnough) throw noDriver();
}

function expectSystem(): void {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  throw new CellsmithError(
    'cuda-unsupported',
    `ONNX Runtime's CUDA provider is set up on Linux on x64 only; this is ${process.platform} on ${process.arch}.`,
    'The executors onnx-cpu and onnx-webgpu need no set-up. On Windows, Cellsmith in WSL 2 counts as Linux.',
  );
}

/** Nothing of a person's own is deleted, should the variable name their folder. */
async function expectOurs(folder: string): Promise<void> {
  const what = await whatElseStands(folder, CUDA_MANIFEST, 'a CUDA provider');
  if (what === undefined) return;
  throw new CellsmithError(
    'not-a-cuda-setup',
    `${folder} ${what}.`,
    'Name an empty or new folder in CELLSMITH_CUDA, or move away what is there.',
  );
}

function noDriver(): CellsmithError {
  return new CellsmithError(
    'no-nvidia-driver',
    'No NVIDIA driver is loaded here, so the CUDA provider could not be tried.',
    'Install the driver. In a terminal, npm run setup:cuda -- --untried prepares a computer for it.',
  );
}

function doesNotWork(source: string, reason: string): CellsmithError {
  return new CellsmithError(
    'cuda-does-not-work',
    `${source} was put together, but does not work: ${reason}.`,
    'What was set up before is unchanged. Give a folder with other libraries of CUDA, in the window or with --nvidia: npm run setup:cuda -- --help.',
  );
}
