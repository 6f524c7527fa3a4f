/** The library: one per process, any number of windows. Answers at once; what takes long is done elsewhere. */
import { libraryApi } from '../../../core/protocol/libraryApi.ts';
import type { Port } from '../../../core/protocol/port.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import type { ExecutorReport, ListedExecutor } from '../../host/executors.ts';
import type { Measure } from '../../host/measurement.ts';
import { dataProcess } from '../data/dataProcess.ts';
import { makeHome } from '../home.ts';
import type { ProcessHost } from '../processHost.ts';
import { registriesProcess } from '../registries/registriesProcess.ts';
import { setupProcess } from '../setup/setupProcess.ts';
import type { LibraryServer, LibraryState } from './handlers.ts';
import { createHandlers } from './handlers.ts';
import { measuring } from './measuring.ts';
import { watchRuns } from './runChanges.ts';
import { runIndex } from './runIndex.ts';
import { runList } from './runList.ts';

export interface LibraryOptions {
  readonly home: string;
  /** For those that read data, hold the registries, set up native libraries. */
  readonly processes: ProcessHost;
  /** Tries executors, each in a process of its own. */
  readonly probeExecutors: (listed: readonly ListedExecutor[]) => Promise<readonly ExecutorReport[]>;
  /** Tries one and measures it, in a process of its own. */
  readonly measureExecutor: Measure;
}

export interface Library {
  /** Answers a window until its port closes. */
  connect(port: Port): void;
  close(): Promise<void>;
}

/** @throws CellsmithError where the home cannot be made */
export async function createLibrary(options: LibraryOptions): Promise<Library> {
  const { home, processes, probeExecutors, measureExecutor } = options;
  await makeHome(home);
  const index = runIndex(home);
  const servers = new Set<LibraryServer>();
  let tail: Promise<unknown> = Promise.resolve();
  const state: LibraryState = {
    home,
    list: runList(home, index),
    data: dataProcess(processes),
    registries: registriesProcess(processes),
    setups: setupProcess(processes),
    probeExecutors,
    measuring: measuring(home, measureExecutor),
    fetching: new Set(),
    inTurn(change) {
      const turn = tail.then(change);
      tail = turn.catch(() => undefined);
      return turn;
    },
    tellAll: (tell) => servers.forEach(tell),
  };
  let stopWatching: (() => void) | undefined;
  // Read while the first window is still loading; whoever asks is told what cannot be read.
  void state.list.all().catch(() => undefined);

  return {
    connect(port) {
      const { handlers, close } = createHandlers(state, () => server);
      const server: LibraryServer = serve(port, libraryApi, handlers);
      servers.add(server);
      stopWatching ??= watchRuns(home, state.list, () => state.tellAll((one) => one.emit('runsChanged', {})));
      void server.closed.then(() => {
        servers.delete(server);
        close();
        if (servers.size > 0) return;
        stopWatching?.();
        stopWatching = undefined;
      });
    },
    async close() {
      servers.forEach((server) => server.close());
      stopWatching?.();
      state.data.kill();
      state.setups.close();
      state.registries.close();
      await index.close();
    },
  };
}
