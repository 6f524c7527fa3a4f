/** Folders that a set-up is made in: emptied, checked for room, put in the place of what was there. */
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { freeDiskBytes } from '../host/freeDisk.ts';

export async function makeEmpty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** The old one is moved away first, since folders cannot be exchanged; what a crash between leaves is made up for here. */
export async function replaceFolder(folder: string, by: string): Promise<void> {
  const old = `${folder}.old`;
  await rm(old, { recursive: true, force: true });
  const hadOne = await rename(folder, old).then(
    () => true,
    () => false,
  );
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

/** Whether it is a person's own, should a variable name such a folder. @param manifest of a set-up */
export async function holdsOtherThings(folder: string, manifest: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.length > 0 && !names.includes(manifest);
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
