/** What needs the lists of strategies, data sets and so on, and with them the tensor library: loaded once, beside. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Catalog } from '../../../core/protocol/catalog.ts';
import type { CheckedConfig } from '../../../core/protocol/libraryApi.ts';
import { PUBLISHED_SETS } from '../../host/publishedSets.ts';

export interface Registries {
  catalog(): Promise<Catalog>;
  checkConfig(config: Record<string, unknown>): Promise<CheckedConfig>;
}

/** Begins to load in the background: the first window asks for the catalogue right away. */
export function registries(): Registries {
  const loaded = load();
  // Told to whoever asks.
  loaded.catch(() => undefined);
  return {
    async catalog() {
      const { catalog, executors } = await loaded;
      return catalog(executors, PUBLISHED_SETS);
    },
    async checkConfig(config) {
      const { completeConfig, executors } = await loaded;
      try {
        return { ok: true, config: completeConfig(config, '', executors) };
      } catch (error) {
        if (!(error instanceof CellsmithError)) throw error;
        return { ok: false, issues: [{ path: [], message: error.message, hint: error.hint }] };
      }
    },
  };
}

async function load() {
  const { loadExecutors } = await import('../../host/executors.ts');
  const { catalog } = await import('../../../core/catalog.ts');
  const { completeConfig } = await import('../../../core/engine/completeConfig.ts');
  return { executors: await loadExecutors(), catalog, completeConfig };
}
