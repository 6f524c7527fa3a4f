/** What this computer is and how much room it has. */
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import { statfs } from 'node:fs/promises';
import type { Machine } from '../../../core/protocol/libraryApi.ts';
import { diskError } from '../../host/diskErrors.ts';
import { APP_VERSION, VERSIONS } from '../../host/version.ts';

/** @throws CellsmithError where the home's disk cannot be asked */
export async function machine(home: string): Promise<Machine> {
  return {
    app: APP_VERSION,
    system: `${type()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    home,
    freeDiskBytes: await freeDiskBytes(home),
    versions: { ...VERSIONS },
  };
}

export async function freeDiskBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    throw diskError(error, 'look at', folder);
  }
}
