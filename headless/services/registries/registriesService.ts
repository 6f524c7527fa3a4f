/** What needs the lists of strategies, data sets and so on, and with them the tensor library: loaded once, beside. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Catalog } from '../../../core/protocol/catalog.ts';
import type { CheckedConfig, SeenImages } from '../../../core/protocol/libraryApi.ts';
import { PUBLISHED_SETS } from '../../host/publishedSets.ts';

export interface Registries {
  catalog(): Promise<Catalog>;
  checkConfig(config: Record<string, unknown>, image?: SeenImages): Promise<CheckedConfig>;
}

/** Loading holds the process up for some tenths of a second: what is asked at once is answered before. */
const BEGIN_MS = 150;

/** Begins to load in the background: every window asks for the catalogue. */
export function registries(beginMs = BEGIN_MS): Registries {
  const loaded = wait(beginMs).then(load);
  // Told to whoever asks.
  loaded.catch(() => undefined);
  return {
    async catalog() {
      const { catalog, executors } = await loaded;
      return catalog(executors, PUBLISHED_SETS);
    },
    async checkConfig(config, image) {
      const { checkConfig, executors } = await loaded;
      return checkConfig(config, executors, image);
    },
  };
}

async function load() {
  const { loadExecutors } = await import('../../host/executors.ts');
  const { catalog } = await import('../../../core/catalog.ts');
  const { checkConfig } = await import('../../../core/engine/checkConfig.ts');
  return { executors: await loadExecutors(), catalog, checkConfig };
}
