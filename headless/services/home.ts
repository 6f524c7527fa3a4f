/** The home folder: where runs, data, drafts and the bin lie. */
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError } from '../host/diskErrors.ts';

export interface HomeFolders {
  readonly root: string;
  readonly runs: string;
  readonly data: string;
  readonly trash: string;
}

export function homeFolders(home: string): HomeFolders {
  return {
    root: home,
    runs: join(home, 'runs'),
    data: join(home, 'data'),
    trash: join(home, 'trash'),
  };
}

/** @throws CellsmithError `read-only`, `disk-full` … where the folders cannot be made */
export async function makeHome(home: string): Promise<void> {
  const { runs, data } = homeFolders(home);
  for (const folder of [runs, data]) {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw diskError(error, 'make', folder);
    }
  }
}

/** A run's folder: below the home's `runs`, or the absolute path that its id is. @throws CellsmithError `bad-run-id` */
export function runFolder(home: string, runId: string): string {
  if (isAbsolute(runId)) return resolve(runId);
  if (!isPlainName(runId)) {
    throw new CellsmithError(
      'bad-run-id',
      `'${runId}' names no run.`,
      'Choose the run from the list again; it may have been moved.',
    );
  }
  return join(homeFolders(home).runs, runId);
}

/** Names one entry of a folder, and nothing outside it. */
export function isPlainName(name: string): boolean {
  return name !== '' && !name.startsWith('.') && !/[/\\\0]/.test(name);
}
