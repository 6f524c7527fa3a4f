/** Folders that a set-up is made in: emptied, checked for room, put in the place of what was there. */
import { lstat, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError, systemCode } from '../host/diskErrors.ts';
import { freeDiskBytes } from '../host/freeDisk.ts';

export async function makeEmpty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** What of a folder is a set-up's own. */
export interface Own {
  readonly manifest: string;
  /** The manifest among them. */
  readonly names: readonly string[];
}

const oldOf = (folder: string): string => `${folder}.old`;

/**
 * Of a set-up that was cut off between moving the old folder away and putting the new one there: the old one is put back.
 * What else lies where old ones do is removed.
 * @returns whether anything lay there
 */
export async function makeUpForCrash(folder: string, { manifest }: Own): Promise<boolean> {
  const old = oldOf(folder);
  if (!(await isThere(old))) return false;
  const isWhole = await isThere(join(old, manifest));
  if (isWhole && !(await isThere(folder))) await rename(old, folder);
  else await rm(old, { recursive: true, force: true });
  return true;
}

/**
 * The old one is moved away first, since folders cannot be exchanged. What a person has put into it moves over.
 * @throws Error of the disk, and the old one is where it was
 */
export async function replaceFolder(folder: string, by: string, { names }: Own): Promise<void> {
  const old = oldOf(folder);
  await rm(old, { recursive: true, force: true });
  // Only a folder is moved away: onto a file, which is not ours, the system refuses to put one.
  const hadOne = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (hadOne) await rename(folder, old);
  try {
    await rename(by, folder);
  } catch (error) {
    if (hadOne) await rename(old, folder);
    throw error;
  }
  const others = hadOne ? (await readdir(old)).filter((name) => !names.includes(name)) : [];
  for (const name of others) await rename(join(old, name), join(folder, name));
  await rm(old, { recursive: true, force: true });
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/**
 * @param what needs the room, such as `The package needs`
 * @param variable of the environment that names another folder
 * @throws CellsmithError `disk-full`
 */
export async function expectRoom(
  folder: string,
  bytes: number,
  what: string,
  variable: string,
): Promise<void> {
  const free = await freeDiskBytes(folder);
  if (free > bytes) return;
  throw new CellsmithError(
    'disk-full',
    `${what} ${Math.ceil(bytes / 1e6)} MB in ${folder}, of which ${Math.floor(free / 1e6)} are free.`,
    `Free some space there, or name a folder on another disk in ${variable}.`,
  );
}

export const isInside = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');

/** Where one is made, before it takes its place. */
export const stagingOf = (folder: string): string => `${folder}.new`;

/** Where downloads lie until a set-up is done. */
export const downloadsOf = (folder: string): string => `${folder}-downloads`;

/**
 * Whether something of a person's own stands there, should a variable name it.
 * @param manifest of a set-up
 * @param setup what it should be, such as `a TensorFlow`
 * @returns in words, after the path; undefined for a set-up, an empty folder, and nothing
 * @throws CellsmithError the disk's errors
 */
export async function whatElseStands(
  folder: string,
  manifest: string,
  setup: string,
): Promise<string | undefined> {
  try {
    const names = await readdir(folder);
    if (names.length === 0 || names.includes(manifest)) return undefined;
    return `holds other things than ${setup} that was set up`;
  } catch (error) {
    const entry = await lstat(folder).catch(() => undefined);
    if (entry?.isSymbolicLink() === true) return 'is a link to what is no folder';
    if (entry?.isDirectory() === false) return 'is a file, not a folder';
    if (systemCode(error) === 'ENOENT') return undefined;
    throw diskError(error, 'read', folder);
  }
}

/**
 * Whatever is not a set-up's own stays in the folder.
 * @returns whether there was something, be it only what one that was cut off has left
 */
export async function removeSetup(folder: string, own: Own): Promise<boolean> {
  let found = await makeUpForCrash(folder, own);
  for (const path of [stagingOf(folder), downloadsOf(folder), folder]) {
    if (!(await isThere(path))) continue;
    found = true;
    if (path !== folder) await rm(path, { recursive: true, force: true });
  }
  for (const name of own.names) await rm(join(folder, name), { recursive: true, force: true });
  await rmdir(folder).catch(() => undefined);
  return found;
}
