/** Serves `registriesApi`: what needs the lists of strategies, data sets and so on, and with them the tensor library. */
import { catalog } from '../../../core/catalog.ts';
import { checkConfig } from '../../../core/engine/checkConfig.ts';
import type { Port } from '../../../core/protocol/port.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import { loadExecutors } from '../../host/executors.ts';
import { PUBLISHED_SETS } from '../../host/publishedSets.ts';
import { registriesApi } from './registriesApi.ts';

/** Serves the library until the port closes. */
export async function serveRegistries(port: Port): Promise<void> {
  const executors = await loadExecutors();
  const server = serve(port, registriesApi, {
    catalog: () => catalog(executors, PUBLISHED_SETS),
    checkConfig: ({ config, image }) => checkConfig(config, executors, image),
  });
  return server.closed;
}
