/** The list of runs and the processes that work on them. */
import { create } from 'zustand';
import type { RunProcess } from '../../core/protocol/hostApi.ts';
import type { RunSummary } from '../../core/protocol/libraryApi.ts';
import type { RunId } from '../../core/protocol/values.ts';
import { host, library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';
import type { About } from './toasts.ts';
import { showFailure, useToasts } from './toasts.ts';

interface Runs {
  /** Newest first; undefined until they were read. */
  readonly list: readonly RunSummary[] | undefined;
  readonly processes: Readonly<Record<RunId, RunProcess>>;
}

export const useRuns = create<Runs>()(() => ({ list: undefined, processes: {} }));

async function readRuns(): Promise<void> {
  const list = await library.call('runs', {});
  useRuns.setState({ list: list.toSorted((a, b) => b.createdAt - a.createdAt) });
}

async function readProcesses(): Promise<void> {
  const all = await host.call('processes', {});
  useRuns.setState({ processes: Object.fromEntries(all.map((one) => [one.runId, one])) });
}

/** Whether a process works on the run, or will in a moment. */
export function isAtWork(process: RunProcess | undefined): boolean {
  return process !== undefined && ['starting', 'working', 'restarting'].includes(process.state.kind);
}

/** What is under way of a run at work: nothing until its journal says so, which told of an earlier plan before. */
export function phaseNow({ state, phase, share }: RunSummary): Pick<RunSummary, 'phase' | 'share'> {
  return state === 'running' && phase !== undefined ? { phase, share } : {};
}

/** Whose news a message is. */
export function aboutRun(runId: RunId): About {
  return { runId, name: useRuns.getState().list?.find(({ id }) => id === runId)?.name ?? runId };
}

/** Of the message that a run has failed: there is one, until it is at work again. */
export function failureKey(runId: RunId): string {
  return `failed ${runId}`;
}

/**
 * Has a run go on. That it failed is told until it is tried again.
 * @param isOnView whether its state, which says so too, stands on the page
 */
export async function resumeRun(runId: RunId, isOnView = false): Promise<void> {
  const key = failureKey(runId);
  useToasts.getState().withdraw(key);
  try {
    await host.call('resumeRun', { runId });
  } catch (error) {
    const isTold = isOnView && useRuns.getState().processes[runId]?.state.kind === 'failed';
    if (!isTold) showFailure(error, { key, about: aboutRun(runId) });
  }
}

// A lost connection is told by the banner; the next one asks again.
atEachConnection(() => {
  void readRuns().catch(() => undefined);
  void readProcesses().catch(() => undefined);
});
library.on('runsChanged', () => void readRuns().catch(() => undefined));
host.on('process', (process) =>
  useRuns.setState(({ processes }) => ({ processes: { ...processes, [process.runId]: process } })),
);
