/** The files of a run on this computer's disk. What a call has written when it resolves survives a power cut. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { RunFiles } from '../../core/runs/files.ts';
import { diskError, systemCode } from './diskErrors.ts';
import { LOCK_FILE, takeLock } from './runLock.ts';

/** Not random: one process writes to a folder, and the next write takes the place of what a crash left. */
const TEMPORARY = '.cellsmith-tmp';

/** The folder `folder`, which need not exist yet. */
export function nodeFiles(folder: string): RunFiles {
  const root = resolve(folder);
  const appending = new Map<string, FileHandle>();
  let isHeld = false;

  const expectRoot = async (): Promise<void> => {
    if (isHeld && !(await isFolder(root))) throw movedMeanwhile(root);
  };

  /** A folder that was moved away is not made anew: one half of the run would stand here and one there. */
  const makeInside = (folder: string): Promise<void> => makeFolder(folder, isHeld ? root : undefined);

  /** It may be moved at any moment, so also between a look for it and what fails without it. */
  const explained = async <T>(doing: string, path: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (systemCode(error) === 'ENOENT') await expectRoot();
      throw diskError(error, doing, join(root, path));
    }
  };

  const absolute = (path: string): string => {
    const full = resolve(root, path);
    if (path.includes('\0') || path.includes('\\') || (full !== root && !full.startsWith(asFolder(root)))) {
      throw new CellsmithError(
        'bad-path',
        `'${path}' does not lie in the run's folder ${root}.`,
        'The run was changed or is not from Cellsmith. Restore it from a copy.',
      );
    }
    return full;
  };

  const stopAppending = async (full: string): Promise<void> => {
    for (const [path, handle] of appending) {
      if (path !== full && !path.startsWith(asFolder(full))) continue;
      appending.delete(path);
      await handle.close();
    }
  };

  const appendHandle = async (full: string): Promise<FileHandle> => {
    const kept = appending.get(full);
    if (kept !== undefined) return kept;
    await makeInside(dirname(full));
    const handle = await open(full, 'a');
    appending.set(full, handle);
    await syncFolder(dirname(full));
    return handle;
  };

  return {
    root,
    async exists(path) {
      try {
        await stat(absolute(path));
        return true;
      } catch (error) {
        if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
        throw diskError(error, 'read', join(root, path));
      }
    },
    readText: (path) => explained('read', path, () => readFile(absolute(path), 'utf8')),
    // A copy of its own: Node may hand out a part of a shared buffer.
    readBytes: (path) => explained('read', path, async () => new Uint8Array(await readFile(absolute(path)))),
    write: (path, content) =>
      explained('write', path, async () => {
        const full = absolute(path);
        await expectRoot();
        await stopAppending(full);
        await makeInside(dirname(full));
        await replaceFile(full, content);
      }),
    appendLine: (path, line) =>
      explained('write', path, async () => {
        await expectRoot();
        const handle = await appendHandle(absolute(path));
        // Writing to a file that someone deleted succeeds, and the lines are lost.
        if ((await handle.stat()).nlink === 0) throw deletedMeanwhile(join(root, path));
        await handle.appendFile(`${line}\n`);
        await handle.datasync();
      }),
    truncate: (path, bytes) =>
      explained('write', path, async () => {
        const full = absolute(path);
        await stopAppending(full);
        const handle = await open(full, 'r+');
        try {
          await handle.truncate(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
      }),
    async list(path) {
      try {
        const names = await readdir(absolute(path));
        return names.filter((name) => name !== LOCK_FILE && !name.endsWith(TEMPORARY)).sort();
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return [];
        throw diskError(error, 'list', join(root, path));
      }
    },
    remove: (path) =>
      explained('remove', path, async () => {
        const full = absolute(path);
        await stopAppending(full);
        await rm(full, { recursive: true, force: true });
      }),
    lock: () =>
      explained('write', LOCK_FILE, async () => {
        await makeFolder(root);
        const release = await takeLock(root);
        isHeld = true;
        return async () => {
          isHeld = false;
          await stopAppending(root);
          await release();
        };
      }),
  };
}

function deletedMeanwhile(path: string): CellsmithError {
  return new CellsmithError(
    'not-found',
    `${path} was deleted while the run was writing to it.`,
    'Restore the folder from a copy or the bin, or start the run again in another folder.',
  );
}

function movedMeanwhile(root: string): CellsmithError {
  return new CellsmithError(
    'not-found',
    `${root} was moved away or deleted while the run was at work in it.`,
    'Put the folder back to where it was, then resume the run.',
  );
}

/** Either the old content or the new stands at `full`, whatever happens. */
async function replaceFile(full: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${full}${TEMPORARY}`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, full);
  } catch (error) {
    // Part of a file would only take room. The first error is the one to tell.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(full));
}

/**
 * Makes the folder and those above it, and makes their names durable. Not by Node's `recursive`: it never returns on
 * file systems that refuse new folders by saying that there is nothing, such as /proc. @param there is never made
 */
async function makeFolder(folder: string, there?: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (folder === there) throw movedMeanwhile(folder);
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent, there);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another process may have been faster.
    if (await isFolder(folder)) return;
    throw error;
  }
  await syncFolder(parent);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asFolder(path: string): string {
  return path.endsWith(sep) ? path : path + sep;
}
