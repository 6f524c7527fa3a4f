/** What this computer is and how much room it has. */
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import type { Machine } from '../../../core/protocol/libraryApi.ts';
import { freeDiskBytes } from '../../host/freeDisk.ts';
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
