/** Folders that a set-up is made in: emptied, checked for room, put in the place of what was there. */
import { mkdir, rename, rm } from 'node:fs/promises';
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
