/** Serves `registriesApi`: what needs the lists of strategies, data sets and so on, and with them the tensor library. */
import { catalog } from '../../../core/catalog.ts';
import { checkConfig } from '../../../core/engine/checkConfig.ts';
import type { Port } from '../../../core/protocol/port.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import { withExecutor } from '../../host/chosenExecutor.ts';
import { loadExecutors } from '../../host/executors.ts';
import { currentMeasurement } from '../../host/measurement.ts';
import { PUBLISHED_SETS } from '../../host/publishedSets.ts';
import { registriesApi } from './registriesApi.ts';

/** Serves the library until the port closes. @param home where it is kept how fast executors are */
export async function serveRegistries(port: Port, home: string): Promise<void> {
  const executors = await loadExecutors();
  const server = serve(port, registriesApi, {
    catalog: () => catalog(executors, PUBLISHED_SETS),
    checkConfig: async ({ config, image }) =>
      checkConfig(withExecutor(config, executors.all, await currentMeasurement(home)), executors, image),
  });
  return server.closed;
}
