/** The files of a data set on this computer's disk, read only. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { SourceEntry, SourceFiles } from '../../core/datasets/source.ts';
import { diskError, systemCode } from './diskErrors.ts';

/**
 * A folder, or a single file as the only entry of its folder. Links are followed; hidden entries are left out.
 * @throws CellsmithError `not-found` on the first use where there is nothing at `path`
 */
export function datasetFiles(path: string): SourceFiles {
  const full = resolve(path);
  const isFile = isPlainFile(full);
  const root = isFile ? dirname(full) : full;

  const absolute = (inside: string): string => {
    const target = resolve(root, inside);
    const within = root.endsWith(sep) ? root : root + sep;
    if (inside.includes('\0') || (target !== root && !target.startsWith(within))) {
      throw new CellsmithError(
        'bad-path',
        `'${inside}' does not lie in the data folder ${root}.`,
        'Choose the folder that holds all of the data.',
      );
    }
    return target;
  };

  let isRead = false;
  const explained = async <T>(inside: string, act: (target: string) => Promise<T>): Promise<T> => {
    const target = absolute(inside);
    try {
      const result = await act(target);
      isRead = true;
      return result;
    } catch (error) {
      // Which of its files was next says nothing.
      if (systemCode(error) === 'ENOENT' && !existsSync(root))
        throw isRead ? goneFolder(full) : noFolder(full);
      throw diskError(error, 'read', target);
    }
  };

  return {
    root,
    ...(isFile ? { file: basename(full) } : {}),
    async list(folder) {
      if (isFile && absolute(folder) === root) return [{ name: basename(full), kind: 'file' }];
      return explained(folder, async (target) => {
        const entries = await readdir(target, { withFileTypes: true });
        const visible = entries.filter((entry) => !entry.name.startsWith('.'));
        const found = await Promise.all(
          visible.map(async (entry): Promise<SourceEntry | undefined> => {
            const what = entry.isSymbolicLink() ? await followed(join(target, entry.name)) : entry;
            if (what?.isDirectory()) return { name: entry.name, kind: 'folder' };
            return what?.isFile() ? { name: entry.name, kind: 'file' } : undefined;
          }),
        );
        return found
          .filter((entry) => entry !== undefined)
          .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      });
    },
    // A copy of its own: Node may hand out a part of a shared buffer.
    read: (inside) => explained(inside, async (target) => new Uint8Array(await readFile(target))),
    size: (inside) => explained(inside, async (target) => (await stat(target)).size),
  };
}

/** Where this cannot be told, reading will say why. */
function isPlainFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a link points to; undefined where it points nowhere. */
async function followed(path: string): Promise<{ isFile(): boolean; isDirectory(): boolean } | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

function goneFolder(path: string): CellsmithError {
  return new CellsmithError(
    'not-found',
    `The data folder ${path} is gone: it was moved or deleted while it was read, or its disk was removed.`,
    'Put it back or attach the disk, then try again; or choose the folder where it is now.',
  );
}

function noFolder(path: string): CellsmithError {
  return new CellsmithError(
    'not-found',
    `There is no data folder ${path}.`,
    'Check the path after the colon of the data set; published sets can be downloaded.',
  );
}
