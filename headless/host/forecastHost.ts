/** What a forecast asks of this computer: data, executors, its own memory, and how much room there is. */
import { freemem } from 'node:os';
import type { OnData } from '../../core/datasets/source.ts';
import type { ForecastHost } from '../../core/engine/forecast.ts';
import { systemClock } from './clock.ts';
import { createDatasetHost } from './engineHost.ts';
import { openExecutor } from './executors.ts';
import { freeDiskBytes } from './freeDisk.ts';
import { memoryNow, memoryRoom } from './memory.ts';
import type { Probe } from './probe.ts';
import { probeExecutor } from './probe.ts';

export interface ForecastHostOptions {
  /** On the disk that the run would be on; need not exist. */
  readonly folder: string;
  readonly onData?: OnData;
  /** How executors are tried, where this process cannot start others. */
  readonly probe?: Probe;
}

/** Looks at the machine now: make it right before the forecast. @throws CellsmithError of the disk */
export async function createForecastHost({
  folder,
  onData,
  probe = probeExecutor,
}: ForecastHostOptions): Promise<ForecastHost> {
  const { limitBytes, freeBytes = freemem() } = await memoryRoom();
  return {
    clock: systemClock,
    datasets: createDatasetHost(onData),
    openExecutor: (id, options) => openExecutor(id, options, probe),
    memoryBytes: () => process.memoryUsage.rss(),
    // What is taken within a pass and given back after it counts.
    peakMemoryBytes: () => process.resourceUsage().maxRSS * 1024,
    memoryNow,
    machine: {
      memoryBytes: limitBytes,
      freeMemoryBytes: freeBytes,
      freeDiskBytes: await freeDiskBytes(folder),
    },
  };
}
