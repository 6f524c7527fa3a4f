/** How far the runs at work are, as one bar in the taskbar or dock. */
import { BrowserWindow } from 'electron';
import type { libraryApi, RunSummary } from '../../core/protocol/libraryApi.ts';
import type { Client } from '../../core/protocol/rpc.ts';

/** Reading the list of runs takes time where there are thousands. */
export const REFRESH_MS = 5000;
const NO_BAR = -1;

export interface TaskbarProgress {
  /** @param ids runs at work */
  update(ids: ReadonlySet<string>): void;
  /** The library has come (again). */
  connect(library: Client<typeof libraryApi>): void;
}

export function taskbarProgress(): TaskbarProgress {
  /** Phases that a run had before it, when it was first seen at work. */
  const phases = new Map<string, number>();
  let working: ReadonlySet<string> = new Set();
  let library: Client<typeof libraryApi> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const show = (share: number): void =>
    BrowserWindow.getAllWindows().forEach((window) => window.setProgressBar(share));

  const refresh = async (): Promise<void> => {
    if (library === undefined) return;
    const runs = await library.call('runs', {});
    const shares = runs.filter(({ id }) => working.has(id)).map((run) => shareOf(run, phases));
    // Without an answer yet: begun, but nothing done.
    if (working.size > 0) show(shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length));
  };
  // The library is started again where it ended, and the next answer comes from there.
  const refreshQuietly = (): void => void refresh().catch(() => undefined);

  return {
    update(ids) {
      working = ids;
      phases.forEach((_count, id) => !ids.has(id) && phases.delete(id));
      clearInterval(timer);
      if (ids.size === 0) return show(NO_BAR);
      timer = setInterval(refreshQuietly, REFRESH_MS);
      timer.unref();
      refreshQuietly();
    },
    connect(connected) {
      library = connected;
      if (working.size > 0) refreshQuietly();
    },
  };
}

/** Phases count alike: how long each will take is not known here. */
function shareOf({ id, open, share = 0 }: RunSummary, phases: Map<string, number>): number {
  const all = Math.max(open.length, phases.get(id) ?? 0);
  phases.set(id, all);
  return all === 0 ? 0 : (all - open.length + (open.length > 0 ? share : 0)) / all;
}
