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

/** The old one is moved away first, since folders cannot be exchanged; what a crash between leaves is made up for here. */
export async function replaceFolder(folder: string, by: string): Promise<void> {
  const old = `${folder}.old`;
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
  await rm(old, { recursive: true, force: true });
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

/** @param names of a set-up's own; whatever else stands in the folder stays @returns whether there was something */
export async function removeSetup(folder: string, names: readonly string[]): Promise<boolean> {
  await rm(`${folder}.new`, { recursive: true, force: true });
  await rm(downloadsOf(folder), { recursive: true, force: true });
  const found = await readdir(folder).catch(() => undefined);
  if (found === undefined) return false;
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  await rmdir(folder).catch(() => undefined);
  return true;
}
