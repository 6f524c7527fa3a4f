/** Room on the disk that a folder is on, or will be on. */
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { diskError, systemCode } from './diskErrors.ts';

/** @param folder need not exist yet @throws CellsmithError where the disk cannot be asked */
export async function freeDiskBytes(folder: string): Promise<number> {
  const path = resolve(folder);
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && dirname(path) !== path) return freeDiskBytes(dirname(path));
    throw diskError(error, 'look at', path);
  }
}
