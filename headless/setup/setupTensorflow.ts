/**
 * Sets up native TensorFlow for the executor `tensorflow`: library, addon, a trial in a process of its own, the record.
 * All of it is made beside the folder that is in use, and takes its place only when the trial went well.
 */
import { mkdir, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Availability } from '../../core/compute/executor.ts';
import { diskError } from '../host/diskErrors.ts';
import { forkProbe, probeExecutor } from '../host/probe.ts';
import { ADDON, LIBRARIES, MANIFEST, NVIDIA, type Setup } from '../host/tensorflow/setup.ts';
import { type AddonChoice, putAddon } from './addon.ts';
import { type Fetching, sha256Of } from './archive.ts';
import { downloadsOf, holdsOtherThings, isInside, makeEmpty, removeSetup, replaceFolder } from './folders.ts';
import type { Found } from './found.ts';
import type { Source } from './sources.ts';
import type { Progress } from './wheel.ts';

/** A cold disk takes its time over a gigabyte of libraries. */
const TRIAL_MS = 300_000;
const OURS = ['lib', 'deps', 'include', MANIFEST];

export interface SetupOptions {
  /** See `tensorflowFolder`. */
  readonly folder: string;
  /** Tried in order; the first that can be had is taken. */
  readonly sources: readonly Source[];
  readonly addon?: AddonChoice;
  readonly sha256?: string;
  readonly onProgress: Progress;
  /** A source that cannot be had, where others follow. */
  readonly onSkipped: (source: string, error: CellsmithError) => void;
  /** The time as ISO 8601. */
  readonly now: () => string;
  readonly trial?: (folder: string) => Promise<Availability>;
}

export interface SetUp {
  readonly folder: string;
  readonly setup: Setup;
  readonly device: string;
}

/**
 * @throws CellsmithError of the last source; of the addon; `tensorflow-does-not-work` where the trial fails.
 * What was set up before stays then.
 */
export async function setUpTensorflow(options: SetupOptions): Promise<SetUp> {
  const { folder, onProgress, trial = tryOut } = options;
  expectSystem();
  await expectOurs(folder);
  const [staging, downloads] = [`${folder}.new`, downloadsOf(folder)];
  try {
    await makeEmpty(staging);
    await mkdir(downloads, { recursive: true });
    const fetching: Fetching = { downloads, onProgress, sha256: options.sha256 };
    const found = await firstFound(options, staging, fetching);
    await linkLibraries(found, staging);
    const origin = await putAddon(staging, found.headers, options.addon, fetching);
    await rm(join(staging, 'include'), { recursive: true, force: true });
    const setup = await record(found, staging, origin, options.now());
    onProgress('trying it out', 0, 0);
    const answer = await trial(staging);
    if (!answer.available) throw doesNotWork(found.source, answer.reason);
    await replaceFolder(folder, staging);
    await makeEmpty(downloads);
    return { folder, setup, device: answer.device };
  } catch (error) {
    throw diskError(error, 'write', folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
    // What was downloaded stays for the next try.
    await rmdir(downloads).catch(() => undefined);
  }
}

/** @returns whether there was something @throws CellsmithError `not-a-tensorflow-setup` for a folder of other things */
export async function undoSetup(folder: string): Promise<boolean> {
  await expectOurs(folder);
  return removeSetup(folder, OURS);
}

function expectSystem(): void {
  if (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)) return;
  throw new CellsmithError(
    'tensorflow-unsupported',
    `TensorFlow is set up on Linux only, on x64 and arm64; this is ${process.platform} on ${process.arch}.`,
    'The executor onnx-cpu works here. On Windows, Cellsmith in WSL 2 counts as Linux and can use an NVIDIA card.',
  );
}

/** Nothing of a person's own is deleted, should the variable name their folder. */
async function expectOurs(folder: string): Promise<void> {
  if (!(await holdsOtherThings(folder, MANIFEST))) return;
  throw new CellsmithError(
    'not-a-tensorflow-setup',
    `${folder} holds other things than a TensorFlow that was set up.`,
    'Name an empty or new folder in CELLSMITH_TENSORFLOW, or move away what is there.',
  );
}

async function firstFound(
  { sources, onSkipped }: SetupOptions,
  staging: string,
  fetching: Fetching,
): Promise<Found> {
  for (const [i, source] of sources.entries()) {
    try {
      return await source.get(staging, fetching);
    } catch (error) {
      if (!(error instanceof CellsmithError) || i + 1 === sources.length) throw error;
      onSkipped(source.title, error);
      await makeEmpty(staging);
    }
  }
  throw new Error('no source of TensorFlow is given');
}

/** Gives the libraries all names that they are asked for by: those of other files are links to where they lie. */
async function linkLibraries({ libraries, nvidia }: Found, staging: string): Promise<void> {
  const folder = join(staging, LIBRARIES);
  await mkdir(folder, { recursive: true });
  const [main, framework] = libraries;
  const names: [string, string][] = [
    [main, 'libtensorflow.so.2'],
    [main, 'libtensorflow_cc.so.2'],
  ];
  if (framework !== undefined) names.push([framework, 'libtensorflow_framework.so.2']);
  for (const [path, name] of names) {
    const target = isInside(staging, path) ? relative(folder, path) : path;
    if (target !== name) await symlink(target, join(folder, name));
  }
  if (nvidia !== undefined && nvidia !== join(staging, NVIDIA)) await symlink(nvidia, join(staging, NVIDIA));
}

async function record(
  { source, libraries, nvidia }: Found,
  staging: string,
  origin: Setup['addon']['origin'],
  madeAt: string,
): Promise<Setup> {
  const known = (path: string): string => (isInside(staging, path) ? relative(staging, path) : path);
  const setup: Setup = {
    format: 1,
    source,
    libraries: await Promise.all(
      libraries.map(async (path) => ({ path: known(path), bytes: (await stat(path)).size })),
    ),
    nvidia: nvidia === undefined ? undefined : known(nvidia),
    addon: { origin, sha256: await sha256Of(join(staging, ADDON)) },
    madeAt,
  };
  await writeFile(join(staging, MANIFEST), `${JSON.stringify(setup, undefined, 2)}\n`);
  return setup;
}

/** What crashes in it is the reason, and crashes nothing else. */
function tryOut(folder: string): Promise<Availability> {
  return probeExecutor('tensorflow', {
    timeoutMs: TRIAL_MS,
    start: (id) => forkProbe(id, { environment: { ...process.env, CELLSMITH_TENSORFLOW: folder } }),
  });
}

function doesNotWork(source: string, reason: string): CellsmithError {
  return new CellsmithError(
    'tensorflow-does-not-work',
    `${source} was put together, but does not work: ${reason}.`,
    'What was set up before is unchanged. Try another source: npm run setup:gpu -- --help.',
  );
}

/** Bytes on the disk of what was set up, libraries that lie elsewhere aside. */
export function ownBytes({ libraries }: Setup): number {
  return libraries.filter(({ path }) => !isAbsolute(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}
