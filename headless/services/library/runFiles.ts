/** Single runs: their files, the bin, and runs from elsewhere. */
import { mkdir, readFile, realpath, rename, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve, sep } from 'node:path';
import { CellsmithError } from '../../../core/base/errors.ts';
import { openRun } from '../../../core/runs/runFolder.ts';
import { diskError, systemCode } from '../../host/diskErrors.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';
import { lockHolder } from '../../host/runLock.ts';
import { homeFolders, isPlainName, runFolder } from '../home.ts';
import { changeListed, readListed } from './listedRuns.ts';

const LARGEST_TEXT = 20 * 2 ** 20;

/** The folder of a run of the list. @throws CellsmithError `not-listed`, `bad-run-id` */
export async function listedFolder(home: string, runId: string): Promise<string> {
  const folder = runFolder(home, runId);
  if (!isAbsolute(runId) || (await readListed(home)).includes(folder)) return folder;
  throw new CellsmithError(
    'not-listed',
    `The run ${folder} is not in the list.`,
    'Add it to the list first, or choose the run from the list again.',
  );
}

/** A text file of a run; undefined where there is none. @throws CellsmithError `bad-path`, `too-large`, `not-text` */
export async function readRunFile(folder: string, path: string): Promise<string | undefined> {
  const full = resolve(folder, path);
  let real: string;
  try {
    real = await realpath(full);
    // Also where a link leads out of the run.
    if (isAbsolute(path) || !real.startsWith((await realpath(folder)) + sep)) throw outside(folder, path);
    const { size } = await stat(real);
    if (size > LARGEST_TEXT) throw tooLarge(full, size);
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(real));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    if (systemCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw notText(full);
    throw diskError(error, 'read', full);
  }
}

/** @returns what `untrashRun` takes. @throws CellsmithError `run-locked`, the disk's errors */
export async function trashRun(home: string, runId: string): Promise<string> {
  const folder = await listedFolder(home, runId);
  if (isAbsolute(runId)) {
    await changeListed(home, (folders) => folders.filter((one) => one !== folder));
    return folder;
  }
  await refuseHeld(folder);
  const { trash } = homeFolders(home);
  try {
    await mkdir(trash, { recursive: true });
    const name = await freeName(trash, runId);
    await rename(folder, join(trash, name));
    return name;
  } catch (error) {
    throw diskError(error, 'move', folder);
  }
}

/** @returns the id of the run. @throws CellsmithError `run-exists`, `not-found`, the disk's errors */
export async function untrashRun(home: string, trashed: string): Promise<string> {
  if (isAbsolute(trashed)) return addRun(home, trashed);
  const { trash, runs } = homeFolders(home);
  if (!isPlainName(trashed)) {
    throw new CellsmithError(
      'bad-run-id',
      `'${trashed}' names no run in the bin.`,
      'Look into the bin itself.',
    );
  }
  const runId = trashed.replace(NUMBERED, '');
  const target = join(runs, runId);
  if (await exists(target)) {
    throw new CellsmithError(
      'run-exists',
      `${target} already holds another run.`,
      `Move one of the two elsewhere; the one in the bin is ${join(trash, trashed)}.`,
    );
  }
  try {
    await rename(join(trash, trashed), target);
  } catch (error) {
    throw diskError(error, 'move', join(trash, trashed));
  }
  return runId;
}

/** Lists a run that lies elsewhere. @returns its id. @throws CellsmithError as `openRun` does */
export async function addRun(home: string, folder: string): Promise<string> {
  const full = resolve(folder);
  await openRun(nodeFiles(full));
  const { runs } = homeFolders(home);
  if (join(runs, basename(full)) === full) return basename(full);
  await changeListed(home, (folders) => [...folders, full]);
  return full;
}

async function refuseHeld(folder: string): Promise<void> {
  const holder = await lockHolder(folder);
  if (holder === undefined) return;
  const who = holder.pid === undefined ? 'Another process' : `Process ${holder.pid}`;
  throw new CellsmithError(
    'run-locked',
    `${who} works on the run in ${folder}.`,
    'Stop the run first, then put it into the bin.',
  );
}

/** What `freeName` puts behind a name that is taken. */
const NUMBERED = /~\d+$/;

async function freeName(folder: string, name: string): Promise<string> {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}~${i}`;
    if (!(await exists(join(folder, candidate)))) return candidate;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function outside(folder: string, path: string): CellsmithError {
  return new CellsmithError(
    'bad-path',
    `'${path}' does not lie in the run's folder ${folder}.`,
    'Only files of the run itself are shown.',
  );
}

function tooLarge(path: string, bytes: number): CellsmithError {
  return new CellsmithError(
    'too-large',
    `${path} has ${bytes} bytes; files up to ${LARGEST_TEXT} bytes are shown.`,
    'Open it with another program.',
  );
}

function notText(path: string): CellsmithError {
  return new CellsmithError('not-text', `${path} is not a text file.`, 'Open it with another program.');
}
