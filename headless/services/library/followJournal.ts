/** Follows a run's journal while some process writes it: whole lines, in order, in pieces. */
import { watch } from 'node:fs';
import type { FSWatcher, Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { JOURNAL } from '../../../core/runs/readJournal.ts';
import { diskError, systemCode } from '../../host/diskErrors.ts';

const NEWLINE = 10;
const CHUNK = 1024 * 1024;
/** Batches come at most so often. */
const EVERY_MS = 100;
/** Where the system does not tell of changes, as on network disks. */
const POLL_MS = 1000;

export interface JournalListener {
  /**
   * @param first number of the first line; 0 again where the journal was begun anew
   * @param more whether the next piece follows at once
   */
  lines(first: number, lines: readonly string[], more: boolean): void;
  /** It cannot be read any more; nothing follows. */
  lost(error: unknown): void;
}

export interface FollowOptions {
  readonly everyMs?: number;
  readonly pollMs?: number;
}

/** Tells all lines from number `after` on, then what is added. @returns stops */
export function followJournal(
  folder: string,
  after: number,
  listener: JournalListener,
  { everyMs = EVERY_MS, pollMs = POLL_MS }: FollowOptions = {},
): () => void {
  const path = join(folder, JOURNAL);
  const ended = new AbortController();
  /** Bytes of the whole lines seen, and how many. */
  let at = 0;
  let line = 0;
  /** Lines before this one are known to whoever asked. */
  let from = after;
  let ino: number | undefined;
  let wake: () => void = () => undefined;
  let changed = true;

  const touch = (): void => {
    changed = true;
    wake();
  };
  const watcher = watchFolder(folder, touch);
  const poll = setInterval(touch, pollMs);
  const stop = (): void => {
    ended.abort();
    watcher?.close();
    clearInterval(poll);
    wake();
  };

  const beginAnew = (): void => {
    at = 0;
    line = 0;
    from = 0;
  };

  const readOn = async (size: number): Promise<void> => {
    const handle = await open(path, 'r');
    try {
      let rest: Uint8Array = new Uint8Array(0);
      for (let next = at; next < size && !ended.signal.aborted;) {
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK, size - next));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, next);
        if (bytesRead === 0) return;
        next += bytesRead;
        const piece = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const end = piece.lastIndexOf(NEWLINE);
        rest = piece.subarray(end + 1);
        if (end < 0) continue;
        at += end + 1;
        tell(piece.subarray(0, end).toString('utf8').split('\n'), next < size);
        // So that other calls get their turn within a long journal.
        await nextTurn();
      }
    } finally {
      await handle.close();
    }
  };

  const tell = (lines: readonly string[], more: boolean): void => {
    const first = line;
    line += lines.length;
    if (ended.signal.aborted || line <= from) return;
    const skip = Math.max(0, from - first);
    listener.lines(first + skip, lines.slice(skip), more);
  };

  const look = async (): Promise<void> => {
    const file = await statJournal(folder, path);
    if (file === undefined) {
      // Not written yet, or deleted to be begun anew.
      if (at > 0) beginAnew();
      ino = undefined;
      return;
    }
    const replaced = (ino !== undefined && file.ino !== ino) || file.size < at;
    ino = file.ino;
    if (replaced) {
      beginAnew();
      if (file.size === 0) listener.lines(0, [], false);
    }
    if (file.size > at) await readOn(file.size);
  };

  const loop = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      if (changed) {
        changed = false;
        await look();
        await wait(everyMs, undefined, { signal: ended.signal }).catch(() => undefined);
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  };

  loop().catch((error: unknown) => {
    if (ended.signal.aborted) return;
    stop();
    listener.lost(diskError(error, 'read', path));
  });
  return stop;
}

/** The journal; undefined where the run has none. @throws where the folder itself is gone */
async function statJournal(folder: string, path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    await stat(folder);
    return undefined;
  }
}

function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_kind, name) => {
      if (name === null || name === JOURNAL) onChange();
    });
    // Then the poll alone has to do.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
