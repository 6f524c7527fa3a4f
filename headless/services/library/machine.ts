/** What this computer is and how much room it has. */
import { arch, availableParallelism, cpus, freemem, release, totalmem, type } from 'node:os';
import type { Machine } from '../../../core/protocol/machine.ts';
import { freeDiskBytes } from '../../host/freeDisk.ts';
import { groupRoom } from '../../host/memory.ts';
import { APP_VERSION, VERSIONS } from '../../host/version.ts';

/** @throws CellsmithError where the home's disk cannot be asked */
export async function machine(home: string): Promise<Machine> {
  const limit = await groupRoom();
  return {
    app: APP_VERSION,
    system: `${type()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    ...(limit === undefined ? {} : { memoryLimitBytes: limit.limitBytes }),
    home,
    freeDiskBytes: await freeDiskBytes(home),
    versions: { ...VERSIONS },
  };
}
