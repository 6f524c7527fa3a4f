/**
 * Sets up native TensorFlow for the executor `tensorflow`: library, addon, a trial in a process of its own, the record.
 * All of it is made beside the folder that is in use, and takes its place only when the trial went well.
 */
import { mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { ADDON, LIBRARIES, MANIFEST, NVIDIA, type Setup } from '../host/tensorflow/setup.ts';
import { type AddonChoice, type PutAddon, putAddon, putPreloaded } from './addon.ts';
import { type Fetching, sha256Of } from './archive.ts';
import { isInside, makeEmpty, whatElseStands } from './folders.ts';
import type { Found } from './found.ts';
import type { Source } from './sources.ts';
import { expectGoing, setUpBeside, type Trial, trialOf, undo } from './staged.ts';
import type { Progress } from './wheel.ts';

const TRIAL = trialOf('tensorflow', 'CELLSMITH_TENSORFLOW');
const OURS = { manifest: MANIFEST, names: ['lib', 'deps', 'include', MANIFEST] };

export interface SetupOptions {
  /** See `tensorflowFolder`. */
  readonly folder: string;
  /** Tried in order; the first that can be had is taken. */
  readonly sources: readonly Source[];
  readonly addon?: AddonChoice;
  readonly sha256?: string;
  readonly onProgress: Progress;
  readonly signal?: AbortSignal;
  /** A source that cannot be had, where others follow. */
  readonly onSkipped: (source: string, error: CellsmithError) => void;
  /** The time as ISO 8601. */
  readonly now: () => string;
  readonly trial?: Trial;
}

export interface SetUp {
  readonly folder: string;
  readonly setup: Setup;
  readonly device: string;
}

/**
 * @throws CellsmithError of the last source; of the addon; `setup-at-work`, `cancelled`; `tensorflow-does-not-work` where the
 * trial fails. * What was set up before stays then.
 */
export async function setUpTensorflow(options: SetupOptions): Promise<SetUp> {
  const { folder, onProgress, signal, trial = TRIAL } = options;
  await expectTensorflowPossible(folder);
  return setUpBeside(folder, OURS, signal, async ({ staging, downloads }) => {
    const fetching: Fetching = { downloads, onProgress, signal, sha256: options.sha256 };
    const found = await firstFound(options, staging, fetching);
    expectGoing(signal);
    await linkLibraries(found, staging);
    const addon = await putAddon(staging, found.headers, options.addon, fetching);
    await rm(join(staging, 'include'), { recursive: true, force: true });
    const preloaded = await putPreloaded(staging, addon);
    const setup = { ...(await recorded(found, staging, addon, options.now())), preloaded };
    await writeRecord(staging, setup);
    onProgress('trying it out', 0, 0);
    expectGoing(signal);
    const answer = await trial(staging, signal);
    expectGoing(signal);
    if (!answer.available) throw doesNotWork(found.source, answer.reason);
    const whole = { ...setup, device: answer.device };
    await writeRecord(staging, whole);
    return { folder, setup: whole, device: answer.device };
  });
}

/** @returns whether there was something @throws CellsmithError `not-a-tensorflow-setup` for a folder of other things */
export async function undoSetup(folder: string): Promise<boolean> {
  await expectOurs(folder);
  return undo(folder, OURS);
}

/** @throws CellsmithError why it cannot be set up there: `tensorflow-unsupported`, `not-a-tensorflow-setup` */
export async function expectTensorflowPossible(folder: string): Promise<void> {
  expectSystem();
  await expectOurs(folder);
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
  const what = await whatElseStands(folder, MANIFEST, 'a TensorFlow');
  if (what === undefined) return;
  throw new CellsmithError(
    'not-a-tensorflow-setup',
    `${folder} ${what}.`,
    'Name an empty or new folder in CELLSMITH_TENSORFLOW, or move away what is there.',
  );
}

async function firstFound(
  { sources, signal, onSkipped }: SetupOptions,
  staging: string,
  fetching: Fetching,
): Promise<Found> {
  for (const [i, source] of sources.entries()) {
    try {
      return await source.get(staging, fetching);
    } catch (error) {
      expectGoing(signal);
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

async function recorded(
  { source, checkedBy, libraries, nvidia }: Found,
  staging: string,
  addon: PutAddon,
  madeAt: string,
): Promise<Setup> {
  const known = (path: string): string => (isInside(staging, path) ? relative(staging, path) : path);
  return {
    format: 1,
    source,
    checkedBy,
    libraries: await Promise.all(
      libraries.map(async (path) => ({ path: known(path), bytes: (await stat(path)).size })),
    ),
    nvidia: nvidia === undefined ? undefined : known(nvidia),
    addon: { ...addon, sha256: await sha256Of(join(staging, ADDON)) },
    madeAt,
  };
}

function writeRecord(staging: string, setup: Setup): Promise<void> {
  return writeFile(join(staging, MANIFEST), `${JSON.stringify(setup, undefined, 2)}\n`);
}

function doesNotWork(source: string, reason: string): CellsmithError {
  return new CellsmithError(
    'tensorflow-does-not-work',
    `${source} was put together, but does not work: ${reason}.`,
    'What was set up before is unchanged. Try another file or folder, in the window or by npm run setup:gpu -- --help.',
  );
}

/** Bytes on the disk of what was set up, libraries that lie elsewhere aside. */
export function ownBytes({ libraries }: Setup): number {
  return libraries.filter(({ path }) => !isAbsolute(path)).reduce((sum, { bytes }) => sum + bytes, 0);
}
