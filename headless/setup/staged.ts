/** What both set-ups do alike: made beside the folder that is in use, tried there, put in its place; never two at a time. */
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Availability } from '../../core/compute/executor.ts';
import { diskError } from '../host/diskErrors.ts';
import { forkProbe, probeExecutor, TRIAL_MS } from '../host/probe.ts';
import { takeLock } from '../host/runLock.ts';
import type { Own } from './folders.ts';
import { downloadsOf, makeEmpty, makeUpForCrash, removeSetup, replaceFolder, stagingOf } from './folders.ts';

/** Whether an executor works with what lies in a folder. What crashes in it is the reason, and crashes nothing else. */
export type Trial = (folder: string, signal?: AbortSignal) => Promise<Availability>;

/** In a child of Node. @param variable of the environment that names the folder */
export function trialOf(executor: string, variable: string): Trial {
  return (folder, signal) =>
    probeExecutor(executor, {
      timeoutMs: TRIAL_MS,
      signal,
      start: (id) => forkProbe(id, { environment: { ...process.env, [variable]: folder } }),
    });
}

export interface Places {
  /** Takes the place of the folder once it is made. */
  readonly staging: string;
  /** Stays for the next try where this one fails. */
  readonly downloads: string;
}

/**
 * @param make puts everything into `staging` and tries it
 * @throws CellsmithError what `make` throws; `cancelled`, `setup-at-work`, the disk's errors. What was set up before stays then.
 */
export async function setUpBeside<T>(
  folder: string,
  own: Own,
  signal: AbortSignal | undefined,
  make: (places: Places) => Promise<T>,
): Promise<T> {
  const places = { staging: stagingOf(folder), downloads: downloadsOf(folder) };
  return alone(folder, async () => {
    try {
      await makeUpForCrash(folder, own);
      await makeEmpty(places.staging);
      await mkdir(places.downloads, { recursive: true });
      const made = await make(places);
      expectGoing(signal);
      await replaceFolder(folder, places.staging, own);
      // It is in place: what cannot be tidied up is no failure of it.
      await makeEmpty(places.downloads).catch(() => undefined);
      return made;
    } catch (error) {
      const kept = await readdir(places.downloads).catch(() => []);
      expectGoing(signal, kept.length > 0);
      throw error;
    } finally {
      await rm(places.staging, { recursive: true, force: true });
      // What was downloaded stays for the next try.
      await rmdir(places.downloads).catch(() => undefined);
    }
  });
}

/** @returns whether there was something @throws CellsmithError `setup-at-work` … */
export async function undo(folder: string, own: Own): Promise<boolean> {
  if ((await stat(dirname(folder)).catch(() => undefined)) === undefined) return false;
  return alone(folder, () => removeSetup(folder, own));
}

/** @param keeps whether something was downloaded @throws CellsmithError `cancelled` */
export function expectGoing(signal: AbortSignal | undefined, keeps = false): void {
  if (signal?.aborted !== true) return;
  throw new CellsmithError(
    'cancelled',
    'Setting up was stopped; what was set up before is unchanged.',
    keeps ? 'Start it again to continue: what was downloaded is kept.' : 'Start it again to set it up.',
  );
}

const lockOf = (folder: string): string => `${folder}.lock`;

/** By a lock beside the folder, since terminal and window may both be at it. */
async function alone<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const home = dirname(folder);
  try {
    await mkdir(home, { recursive: true });
    const release = await takeLock(home, basename(lockOf(folder)));
    try {
      return await act();
    } finally {
      await release();
    }
  } catch (error) {
    if (error instanceof CellsmithError && error.code === 'run-locked') throw atWork(folder, error.message);
    throw isOfDisk(error) ? diskError(error, 'write', folder) : error;
  }
}

/** Errors of programs, networks and addresses have names, too, and are none of the disk's. */
function isOfDisk(error: unknown): boolean {
  const { errno, syscall = '' } = error as NodeJS.ErrnoException;
  return typeof errno === 'number' && !/^(spawn|connect|getaddrinfo)/.test(syscall);
}

/** @param told by the lock, of the folder that it lies in */
function atWork(folder: string, told: string): CellsmithError {
  const who = /in use by (.+)\.$/.exec(told)?.[1] ?? 'another process';
  return new CellsmithError(
    'setup-at-work',
    `${folder} is being set up or removed already, by ${who}.`,
    `Wait for it, or cancel it in the window or terminal where it was begun. If that process no longer runs, delete ${lockOf(folder)}.`,
  );
}
