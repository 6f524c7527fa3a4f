/** Lists a run wherever it lies. */
import { CellsmithError } from '../../core/base/errors.ts';
import { library } from '../api/services.ts';
import { links } from './links.ts';
import { folderOfRun } from '../../core/runs/runPath.ts';

/** @param path its folder, or a file in that @returns where its page is @throws CellsmithError as the library does */
export async function openRun(path: string): Promise<string> {
  const { runId } = await library.call('addRun', { folder: folderOfRun(path) });
  return links.run(runId);
}

/** @returns undefined where the folder holds no run */
export async function openIfRun(folder: string): Promise<string | undefined> {
  try {
    return await openRun(folder);
  } catch (error) {
    if (error instanceof CellsmithError && error.code === 'not-a-run') return undefined;
    throw error;
  }
}
