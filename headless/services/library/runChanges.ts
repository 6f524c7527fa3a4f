/** Notices that runs were added, removed or changed, whoever did it. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { homeFolders } from '../home.ts';
import type { RunList } from './runList.ts';

const LOOK_MS = 1000;
/** Of runs that stand still, so often; those at work are looked at each time. */
const ALL_EVERY = 10;
/** A step more is told less often than a change of state. */
const STEPS_EVERY = 5;

/** Runs that some process may be about to change. */
const AT_WORK: readonly RunSummary['state'][] = ['running', 'interrupted', 'empty'];

/** @returns stops looking */
export function watchRuns(
  home: string,
  list: RunList,
  onChange: () => void,
  lookMs: number = LOOK_MS,
): () => void {
  const ended = new AbortController();
  let dirty = false;
  const watcher = watchFolder(homeFolders(home).runs, () => (dirty = true));

  const look = async (
    before: ReadonlyMap<string, RunSummary>,
    everything: boolean,
  ): Promise<ReadonlyMap<string, RunSummary>> => {
    try {
      if (!everything) return await lookAgain(before, list);
      return new Map((await list.all()).map((row) => [row.id, row]));
    } catch {
      // A disk that cannot be read just now: who asks for the runs is told.
      return before;
    }
  };

  const loop = async (): Promise<void> => {
    let rows = await look(new Map(), true);
    let told = rows;
    for (let turn = 1; !ended.signal.aborted; turn++) {
      await wait(lookMs, undefined, { signal: ended.signal }).catch(() => undefined);
      if (ended.signal.aborted) return;
      const everything = dirty || turn % ALL_EVERY === 0;
      dirty = false;
      rows = await look(rows, everything);
      const withSteps = turn % STEPS_EVERY === 0;
      if (!differs(told, rows, withSteps)) continue;
      told = rows;
      onChange();
    }
  };

  void loop();
  return () => {
    ended.abort();
    watcher?.close();
  };
}

async function lookAgain(
  rows: ReadonlyMap<string, RunSummary>,
  list: RunList,
): Promise<Map<string, RunSummary>> {
  const result = new Map(rows);
  // Nothing tells that a run began in a folder that was made a moment ago.
  for (const place of list.vacant()) {
    const row = await list.one(place);
    if (row !== undefined) result.set(place.id, row);
  }
  for (const [id, { state, folder }] of rows) {
    if (!AT_WORK.includes(state)) continue;
    const row = await list.one({ id, folder });
    if (row === undefined) result.delete(id);
    else result.set(id, row);
  }
  return result;
}

function differs(
  before: ReadonlyMap<string, RunSummary>,
  now: ReadonlyMap<string, RunSummary>,
  withSteps: boolean,
): boolean {
  if (before.size !== now.size) return true;
  for (const [id, row] of now) {
    const old = before.get(id);
    if (old === undefined) return true;
    if (old === row) continue;
    if (key(old, withSteps) !== key(row, withSteps)) return true;
  }
  return false;
}

function key(row: RunSummary, withSteps: boolean): string {
  const { changedAt, share, ...rest } = row;
  return JSON.stringify(withSteps ? [rest, changedAt, share] : rest);
}

function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
