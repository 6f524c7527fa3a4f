/** The engine's host on Node: a run folder, this computer's data, executors and runtimes. */
import type { DatasetHost, OnData } from '../../core/datasets/source.ts';
import type { EngineHost } from '../../core/engine/host.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import type { Wish } from '../../core/runs/runner.ts';
import { systemClock } from './clock.ts';
import { datasetFiles } from './datasetFiles.ts';
import { openExecutor } from './executors.ts';
import { memoryNow } from './memory.ts';
import { nodeFiles } from './nodeFiles.ts';
import { type Probe, probeExecutor } from './probe.ts';
import { createVerifyHost } from './verifyHost.ts';
import { APP_VERSION, VERSIONS } from './version.ts';

export interface HostOptions {
  /** The run's folder; need not exist yet. */
  readonly folder: string;
  readonly wish?: () => Wish;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onProgress?: EngineHost['onProgress'];
  /** How executors are tried, where this process cannot start others. */
  readonly probe?: Probe;
}

export function createEngineHost({
  folder,
  wish = () => 'run',
  onEvent,
  onProgress,
  probe = probeExecutor,
}: HostOptions): EngineHost {
  return {
    app: APP_VERSION,
    versions: VERSIONS,
    clock: systemClock,
    files: nodeFiles(folder),
    datasets: createDatasetHost(onProgress),
    verify: createVerifyHost(),
    openExecutor: (id, options) => openExecutor(id, options, probe),
    memoryBytes: () => process.memoryUsage.rss(),
    memoryNow,
    wish,
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}

/** The decoder of image files is loaded when the first is read: most data sets hold none. */
export function createDatasetHost(onProgress?: OnData): DatasetHost {
  const decoder = async () => (await import('./imageDecoder.ts')).imageDecoder();
  return {
    files: datasetFiles,
    decoder: {
      size: async (bytes) => (await decoder()).size(bytes),
      decode: async (bytes, size) => (await decoder()).decode(bytes, size),
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  };
}
