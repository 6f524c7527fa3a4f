/** Opens a data set under a call: tells how far it is, stops when it is cancelled, keeps the last ones in memory. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Dataset } from '../../../core/datasets/imageSet.ts';
import { openDataset } from '../../../core/datasets/index.ts';
import type { DatasetHost, SourceFiles } from '../../../core/datasets/source.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import type { DataConfig } from '../../../core/runs/runConfig.ts';
import { createDatasetHost } from '../../host/engineHost.ts';

const KEPT = 2;
/** Progress is told ten times a second at most. */
const PROGRESS_MS = 100;

export interface OpenData {
  /** Reads it anew, since files may have been mended. @throws as `openDataset` does, and `cancelled` */
  read(data: DataConfig, seed: number, context: CallContext): Promise<Dataset>;
  /** As last read, where it is in memory. */
  recall(data: DataConfig, seed: number, context: CallContext): Promise<Dataset>;
}

export function openData(): OpenData {
  const kept = new Map<string, Dataset>();

  const read: OpenData['read'] = async (data, seed, context) => {
    const name = keyOf(data, seed);
    // Two large sets at once may be one too many.
    kept.delete(name);
    const dataset = await openDataset(data, seed, watchedHost(context));
    refuseCancelled(context);
    kept.set(name, dataset);
    for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
    return dataset;
  };

  return {
    read,
    async recall(data, seed, context) {
      return kept.get(keyOf(data, seed)) ?? read(data, seed, context);
    },
  };
}

/** All that a data set in memory depends on. */
function keyOf({ source, imageSize, limit, testLimit, skipUnreadable }: DataConfig, seed: number): string {
  return JSON.stringify([source, imageSize, limit, testLimit, skipUnreadable, seed]);
}

/** Counts the files that are listed and read, and reads no further once the call is cancelled. */
function watchedHost(context: CallContext): DatasetHost {
  let last = -Infinity;
  let found = 0;
  let done = 0;
  let readerCounts = false;
  const tell = (what: string, count: number, total: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_MS && count !== total) return;
    last = now;
    context.progress({ what, done: count, total });
  };
  const host = createDatasetHost((what, count, total) => {
    refuseCancelled(context);
    readerCounts = true;
    tell(what, count, total);
  });
  return {
    ...host,
    files(path): SourceFiles {
      const files = host.files(path);
      return {
        ...files,
        async list(folder) {
          refuseCancelled(context);
          const entries = await files.list(folder);
          found += entries.filter(({ kind }) => kind === 'file').length;
          // How many there will be is not known: a total of 0.
          if (found > 0) tell('files found', found, 0);
          return entries;
        },
        async read(file) {
          refuseCancelled(context);
          const bytes = await files.read(file);
          // Two counts at once would take turns in one line.
          if (!readerCounts && done < found) tell('files read', ++done, found);
          return bytes;
        },
      };
    },
  };
}

export function refuseCancelled({ signal }: CallContext): void {
  if (!signal.aborted) return;
  throw new CellsmithError(
    'cancelled',
    'Reading the data was cancelled.',
    'Start it again when you want it.',
  );
}
