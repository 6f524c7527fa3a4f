/** What the library answers to one window. */
import { CellsmithError } from '../../../core/base/errors.ts';
import { parseExperiment } from '../../../core/config/experimentText.ts';
import type { Tree } from '../../../core/config/tree.ts';
import type { libraryApi } from '../../../core/protocol/libraryApi.ts';
import type { CallContext, Handlers, Server } from '../../../core/protocol/rpc.ts';
import { openRun } from '../../../core/runs/runFolder.ts';
import { partsOf } from '../../../core/runs/stepRows.ts';
import { withExecutor } from '../../host/chosenExecutor.ts';
import type { ExecutorReport, ListedExecutor } from '../../host/executors.ts';
import { fetchDataset, publishedSet } from '../../host/fetchDataset.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';
import type { DataProcess } from '../data/dataProcess.ts';
import { homeFolders } from '../home.ts';
import type { RegistriesProcess } from '../registries/registriesProcess.ts';
import type { SetupProcess } from '../setup/setupProcess.ts';
import { executorsFound } from './executorList.ts';
import { followJournal } from './followJournal.ts';
import { readKept, writeKept } from './kept.ts';
import { listFolder } from './listFolder.ts';
import { machine } from './machine.ts';
import type { Measuring } from './measuring.ts';
import { addRun, listedFolder, readRunFile, trashRun, untrashRun } from './runFiles.ts';
import type { RunList } from './runList.ts';

export type LibraryServer = Server<typeof libraryApi>;

/** What all windows share. */
export interface LibraryState {
  readonly home: string;
  readonly list: RunList;
  readonly data: DataProcess;
  readonly registries: RegistriesProcess;
  readonly setups: SetupProcess;
  readonly probeExecutors: (listed: readonly ListedExecutor[]) => Promise<readonly ExecutorReport[]>;
  readonly measuring: Measuring;
  /** Kept for the session. */
  reports?: Promise<readonly ExecutorReport[]>;
  /** The last answer of that. */
  tried?: readonly ExecutorReport[];
  /** Published sets that are being downloaded: two at once would write to the same files. */
  readonly fetching: Set<string>;
  /** Changes of `library.json` and of what is kept follow one another. */
  inTurn<T>(change: () => Promise<T>): Promise<T>;
  tellAll(tell: (server: LibraryServer) => void): void;
}

export interface WindowHandlers {
  readonly handlers: Handlers<typeof libraryApi>;
  close(): void;
}

/** @param server of this window */
export function createHandlers(state: LibraryState, server: () => LibraryServer): WindowHandlers {
  const { home, list, data, registries } = state;
  const watches = new Map<string, () => void>();
  const unwatch = (runId: string): void => {
    watches.get(runId)?.();
    watches.delete(runId);
  };
  const runsChanged = (): void => state.tellAll((one) => one.emit('runsChanged', {}));
  const tellOthers = (tell: (other: LibraryServer) => void): void =>
    state.tellAll((one) => {
      if (one !== server()) tell(one);
    });
  const machineChanged = (what: 'executors' | 'measurement' | 'setups'): void =>
    tellOthers((other) => other.emit('machineChanged', { what }));

  const handlers: Handlers<typeof libraryApi> = {
    machine: () => machine(home),
    catalog: () => registries.catalog(),
    async executors({ again }) {
      if (again) state.reports = undefined;
      state.reports ??= probeExecutors(state);
      try {
        state.tried = await state.reports;
        if (again) machineChanged('executors');
        return executorsFound(state.tried, (await state.measuring.current())?.executors);
      } catch (error) {
        state.reports = undefined;
        throw error;
      }
    },

    cards: ({ again }) => state.measuring.cards(again),
    measured: () => state.measuring.last(),
    async measure(_params, context) {
      const made = await state.measuring.measure((await registries.catalog()).executors, context);
      machineChanged('measurement');
      return made;
    },

    setups: (_params, context) => state.setups.list(context),
    async setUp(params, context) {
      const made = await state.setups.setUp(params, context);
      // What was found out about executors is about those before.
      state.reports = undefined;
      machineChanged('setups');
      return made;
    },
    async removeSetup({ id }, context) {
      const { removed } = await state.setups.remove(id, context);
      state.reports = undefined;
      machineChanged('setups');
      return { removed };
    },

    runs: async () => [...(await list.all())],
    async watchRun({ runId, after }) {
      const folder = await listedFolder(home, runId);
      const manifest = await openRun(nodeFiles(folder));
      unwatch(runId);
      const stop = followJournal(folder, after, {
        lines: (first, lines, more) =>
          server().emit('journal', { runId, first, parts: [...partsOf(lines)], more }),
        lost(error) {
          watches.delete(runId);
          server().emit('journalLost', { runId, ...inWords(error) });
        },
      });
      watches.set(runId, stop);
      return { manifest, folder };
    },
    unwatchRun: ({ runId }) => unwatch(runId),
    async readRunFile({ runId, path }) {
      const text = await readRunFile(await listedFolder(home, runId), path);
      return text === undefined ? {} : { text };
    },
    async trashRun({ runId }) {
      const trashed = await state.inTurn(() => trashRun(home, runId));
      runsChanged();
      return { trashed };
    },
    async untrashRun({ trashed }) {
      const runId = await state.inTurn(() => untrashRun(home, trashed));
      runsChanged();
      return { runId };
    },
    async addRun({ folder }) {
      const runId = await state.inTurn(() => addRun(home, folder));
      runsChanged();
      return { runId };
    },

    checkConfig: async ({ config, image }) => registries.checkConfig(await withChosen(state, config), image),
    readExperiment: ({ text, name }) => ({ config: parseExperiment(text, name) }),
    lookAtData: (params, context) =>
      data.run(context, (client, { signal, progress }) =>
        client.call('lookAtData', params, { signal, onProgress: progress }),
      ),
    perturb: (params, context) =>
      data.run(context, (client, { signal, progress }) =>
        client.call('perturb', params, { signal, onProgress: progress }),
      ),
    async fetchData({ id }, context) {
      if (state.fetching.has(id)) throw fetching(id);
      state.fetching.add(id);
      try {
        return { source: await fetchData(home, id, context) };
      } finally {
        state.fetching.delete(id);
      }
    },
    listFolder: ({ path }) => listFolder(home, path),

    readKept: async ({ name }) => ({ value: await state.inTurn(() => readKept(home, name)) }),
    async writeKept({ name, value }) {
      await state.inTurn(() => writeKept(home, name, value));
      tellOthers((other) => other.emit('keptChanged', { name }));
    },
  };
  return { handlers, close: () => [...watches.keys()].forEach(unwatch) };
}

/** The one that the list marks: of those that work now, where they were tried. */
async function withChosen({ registries, measuring, tried }: LibraryState, config: Tree): Promise<Tree> {
  if (config.executor !== undefined && config.threads !== undefined) return config;
  const { executors } = await registries.catalog();
  return withExecutor(config, executors, await measuring.current(), tried);
}

async function probeExecutors({
  registries,
  probeExecutors: probe,
}: LibraryState): Promise<readonly ExecutorReport[]> {
  return probe((await registries.catalog()).executors);
}

/** Progress is told ten times a second at most. */
const PROGRESS_MS = 100;

async function fetchData(home: string, id: string, { signal, progress }: CallContext): Promise<string> {
  const set = publishedSet(id);
  let last = -Infinity;
  return fetchDataset(set, homeFolders(home).data, {
    signal,
    onProgress(done, total) {
      const now = performance.now();
      if (now - last < PROGRESS_MS && done !== total) return;
      last = now;
      progress({ what: `bytes of ${set.title}`, done, total: total ?? 0 });
    },
  });
}

function fetching(id: string): CellsmithError {
  return new CellsmithError(
    'fetch-at-work',
    `The data set '${id}' is being downloaded already.`,
    'Wait for it, or cancel it in the window where it was begun.',
  );
}

function inWords(error: unknown): { code: string; message: string; hint: string } {
  if (error instanceof CellsmithError) return { code: error.code, message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'disk', message, hint: 'Check that the disk of the run works and is attached.' };
}
