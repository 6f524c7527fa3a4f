/** Keeps the processes of runs: starts them, watches them, starts them again, and ends them in order. */
import { rm, rmdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { EngineTask } from '../../../core/protocol/engineApi.ts';
import type { Forecast } from '../../../core/protocol/forecast.ts';
import type { RunProcess, RunWish } from '../../../core/protocol/hostApi.ts';
import type { CallContext } from '../../../core/protocol/rpc.ts';
import type { Plan } from '../../../core/protocol/values.ts';
import { MANIFEST } from '../../../core/runs/runFolder.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';
import { lockHolder, takeLock } from '../../host/runLock.ts';
import { homeFolders, makeHome, runFolder } from '../home.ts';
import type { ProcessHost } from '../processHost.ts';
import { activeRuns } from './activeRuns.ts';
import { forecastOf } from './forecastOf.ts';
import { makeRunFolder, runName } from './runName.ts';
import type { RestartRules, SupervisedRun } from './supervisedRun.ts';
import { RESTARTS, superviseRun } from './supervisedRun.ts';

export interface KeeperOptions {
  readonly home: string;
  readonly processes: ProcessHost;
  /** Milliseconds since 1970: for names of runs and for how often they fail. */
  readonly now: () => number;
  readonly restarts?: RestartRules;
  readonly patience?: Partial<typeof PATIENCE>;
}

export interface Keeper {
  processes(): RunProcess[];
  startRun(plan: Plan): Promise<string>;
  extendRun(runId: string, plan: Plan): Promise<void>;
  resumeRun(runId: string): Promise<void>;
  wish(runId: string, wish: RunWish): Promise<void>;
  forecast(plan: Plan, context: CallContext): Promise<Forecast>;
  /** @returns stops listening */
  onProcess(listener: (process: RunProcess) => void): () => void;
  /** Goes on with the runs that were at work when the program ended last. */
  resumeActive(): Promise<void>;
  /** Lets all runs save where they are, and ends their processes. They go on at the next start. */
  shutdown(): Promise<void>;
}

const PATIENCE = {
  /** For the engines of a program that has just crashed, which save and end by themselves. */
  lockMs: 60_000,
  lockPollMs: 300,
  /** For engines to save when the program ends. */
  shutdownMs: 10_000,
};
/** Ends of runs are shown until so many newer ones have ended. */
const REMEMBERED = 50;
const HOME_LOCK = 'home.lock';

/**
 * One program works in a home at a time.
 * @throws CellsmithError `home-in-use`, and the disk's errors
 */
export async function openKeeper(options: KeeperOptions): Promise<Keeper> {
  const { home, processes, now, restarts = RESTARTS } = options;
  const patience = { ...PATIENCE, ...options.patience };
  await makeHome(home);
  const release = await takeHome(home);
  const active = activeRuns(home);
  const runs = new Map<string, SupervisedRun>();
  const listeners = new Set<(process: RunProcess) => void>();
  let closing: Promise<void> | undefined;

  const supervise = (runId: string, task: EngineTask, before?: Promise<void>): SupervisedRun => {
    if (closing !== undefined) throw ending();
    const run = superviseRun(
      task,
      {
        ...{ runId, folder: task.folder, processes, now, restarts },
        onChange: (process) => listeners.forEach((tell) => tell(process)),
      },
      before,
    );
    // Behind the others, so that the oldest are forgotten first.
    runs.delete(runId);
    runs.set(runId, run);
    void active.add(runId);
    void run.over.then(() => {
      // What only the program's end interrupts goes on at its next start.
      if (!run.isSetAside()) void active.remove(runId);
      const ended = [...runs].filter(([, one]) => !one.isAtWork());
      ended.slice(0, Math.max(0, ended.length - REMEMBERED)).forEach(([id]) => runs.delete(id));
    });
    return run;
  };

  const refuseAtWork = (runId: string): void => {
    if (runs.get(runId)?.isAtWork() !== true) return;
    throw new CellsmithError(
      'run-at-work',
      `The run ${runId} is at work already.`,
      'Pause it first, or wait until it has finished.',
    );
  };

  const untilFree = async (folder: string): Promise<void> => {
    for (let waited = 0; waited < patience.lockMs && closing === undefined; waited += patience.lockPollMs) {
      if ((await lockHolder(folder)) === undefined) return;
      await wait(patience.lockPollMs);
    }
  };

  return {
    processes: () => [...runs.values()].map((run) => run.process()),
    async startRun(plan) {
      const runId = await makeRunFolder(homeFolders(home).runs, runName(plan.config.name, now()));
      const folder = runFolder(home, runId);
      try {
        const run = supervise(runId, { kind: 'begin', folder, plan });
        // A run that fails before its first step leaves nothing, so its folder goes, too; one that holds something stays.
        void run.over.then(() => rmdir(folder).catch(() => undefined));
        await run.begun;
      } catch (error) {
        // Nothing of it is on record.
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      return runId;
    },
    async extendRun(runId, plan) {
      refuseAtWork(runId);
      await supervise(runId, { kind: 'extend', folder: runFolder(home, runId), plan }).begun;
    },
    async resumeRun(runId) {
      refuseAtWork(runId);
      await supervise(runId, { kind: 'resume', folder: runFolder(home, runId) }).begun;
    },
    async wish(runId, wish) {
      const run = runs.get(runId);
      if (run?.isAtWork() !== true) {
        throw new CellsmithError(
          'not-at-work',
          `No process of this program works on the run ${runId}.`,
          'Resume it here; a run started in a terminal is stopped there with Ctrl-C.',
        );
      }
      await run.wish(wish);
    },
    forecast: (plan, context) => forecastOf(plan, context, { home, processes }),
    onProcess(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async resumeActive() {
      for (const runId of await active.read()) {
        const folder = runFolder(home, runId);
        if (runs.get(runId)?.isAtWork() === true) continue;
        if (!(await nodeFiles(folder).exists(MANIFEST))) {
          // Moved or deleted since: there is nothing to go on with.
          void active.remove(runId);
          continue;
        }
        supervise(runId, { kind: 'resume', folder }, untilFree(folder));
      }
    },
    shutdown() {
      closing ??= (async () => {
        const atWork = [...runs.values()].filter((run) => run.isAtWork());
        const patient = new AbortController();
        const all = Promise.all(atWork.map((run) => run.over));
        atWork.forEach((run) => void run.setAside());
        const late = wait(patience.shutdownMs, undefined, { signal: patient.signal }).then(
          () => atWork.forEach((run) => run.kill()),
          () => undefined,
        );
        await all;
        patient.abort();
        await late;
        await active.settled();
        await release();
      })();
      return closing;
    },
  };
}

async function takeHome(home: string): Promise<() => Promise<void>> {
  try {
    return await takeLock(home, HOME_LOCK);
  } catch (error) {
    if (!(error instanceof CellsmithError) || error.code !== 'run-locked') throw error;
    throw new CellsmithError(
      'home-in-use',
      `Another Cellsmith works in this home: ${error.message}`,
      `Use that window, or give this one another home with --home. ${error.hint}`,
    );
  }
}

function ending(): CellsmithError {
  return new CellsmithError('ending', 'The program is about to end.', 'Start it again, then try once more.');
}
