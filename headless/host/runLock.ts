/** A lock file that says which process works on a run; one left by a process that is gone is taken over. */
import { readFileSync, unlinkSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { LeftBehind } from '../../core/runs/cutOff.ts';
import { diskError, systemCode } from './diskErrors.ts';
import { memoryKills } from './memory.ts';

export const LOCK_FILE = 'run.lock';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Start of the process, since pids come again; empty where the system does not tell. */
  readonly started: string;
  readonly nonce: string;
  /** How many processes the system had ended for want of memory by then, where it counts. */
  readonly kills?: number;
}

/** A lock file is written right after it was made; one still unreadable after this was left by a crash. */
const WRITING_MS = 2000;
/** Linux: another one at each start of the computer. */
const BOOT = '/proc/sys/kernel/random/boot_id';

/** Who works on the folder, as far as can be known; undefined where nobody does. Takes nothing, removes nothing. */
export async function lockHolder(folder: string): Promise<{ readonly pid?: number } | undefined> {
  const path = join(folder, LOCK_FILE);
  const content = await readIfThere(path);
  if (content === undefined) return undefined;
  const owner = parseOwner(content);
  if (owner === undefined) return (await isFresh(path)) ? {} : undefined;
  return (await isAlive(owner)) ? { pid: owner.pid } : undefined;
}

/** What a process that is gone left in the folder without giving it back; undefined where none did. */
export async function leftBehind(folder: string): Promise<LeftBehind | undefined> {
  const content = await readIfThere(join(folder, LOCK_FILE));
  const owner = content === undefined ? undefined : parseOwner(content);
  if (owner === undefined || (await isAlive(owner))) return undefined;
  const [boot = ''] = owner.started.split(' ');
  const now = (await readIfThere(BOOT))?.trim() ?? '';
  const { ofComputer } = await memoryKills(undefined);
  const killsSince =
    owner.kills === undefined || ofComputer === undefined ? undefined : ofComputer - owner.kills;
  const isOtherBoot = boot !== '' && now !== '' && boot !== now;
  return { isOtherBoot, ...(killsSince === undefined || isOtherBoot ? {} : { killsSince }) };
}

/**
 * Takes the folder's lock or throws `run-locked`, or the disk's errors. The returned function gives it back; so does the exit.
 * @param file its name, for folders that are no run
 */
export async function takeLock(folder: string, file = LOCK_FILE): Promise<() => Promise<void>> {
  const path = join(folder, file);
  const { ofComputer: kills } = await memoryKills(undefined);
  const content = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: await startOf(process.pid),
    nonce: crypto.randomUUID(),
    ...(kills === undefined ? {} : { kills }),
  } satisfies Owner);
  try {
    while (!(await created(path, content))) await clearIfStale(folder, path, content);
  } catch (error) {
    throw diskError(error, 'write', path);
  }

  const releaseAtExit = (): void => {
    try {
      if (readFileSync(path, 'utf8') === content) unlinkSync(path);
    } catch {
      // Gone already, or its disk is: nothing to give back.
    }
  };
  process.once('exit', releaseAtExit);
  return async () => {
    process.removeListener('exit', releaseAtExit);
    if ((await readIfThere(path)) === content) await rm(path, { force: true });
  };
}

/** Whether we made the file; false where there is one. */
async function created(path: string, content: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(path, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

/** Returns when it may be tried again, throws when someone holds the lock. */
async function clearIfStale(folder: string, path: string, content: string): Promise<void> {
  await refuseHeld(folder, path);
  // Of several processes that all find the lock stale, one may remove it: the others might remove its successor.
  const guard = `${path}.cellsmith-tmp`;
  if (!(await created(guard, content))) {
    await refuseHeld(folder, guard);
    await rm(guard, { force: true });
    return;
  }
  try {
    await refuseHeld(folder, path);
    await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function refuseHeld(folder: string, path: string): Promise<void> {
  const content = await readIfThere(path);
  if (content === undefined) return;
  const owner = parseOwner(content);
  if (owner === undefined ? await isFresh(path) : await isAlive(owner)) throw locked(folder, path, owner);
}

async function isAlive(owner: Owner): Promise<boolean> {
  // Of another computer's processes nothing can be known from here.
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const started = await startOf(owner.pid);
  return started === '' || owner.started === '' || started === owner.started;
}

async function isFresh(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs < WRITING_MS;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Boot and clock ticks since it at which a process started (Linux's proc(5)); empty elsewhere. */
async function startOf(pid: number): Promise<string> {
  const boot = await readIfThere(BOOT);
  const status = await readIfThere(`/proc/${pid}/stat`);
  if (boot === undefined || status === undefined) return '';
  // The name, in brackets, may hold anything; field 22 is the 20th after it.
  const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
  return `${boot.trim()} ${ticks}`;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ESRCH: a process that ended while its entry was read.
    if (['ENOENT', 'ENOTDIR', 'ESRCH'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

function parseOwner(content: string): Owner | undefined {
  try {
    const { pid, host, started, nonce, kills } = JSON.parse(content) as Record<string, unknown>;
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return undefined;
    if (typeof host !== 'string' || typeof started !== 'string' || typeof nonce !== 'string')
      return undefined;
    return { pid, host, started, nonce, ...(typeof kills === 'number' ? { kills } : {}) };
  } catch {
    return undefined;
  }
}

function locked(folder: string, path: string, owner: Owner | undefined): CellsmithError {
  const who = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return new CellsmithError(
    'run-locked',
    `${folder} is in use by ${who}.`,
    `Stop or wait for that process. If it no longer runs (say, on a computer that was switched off), delete ${path}.`,
  );
}
