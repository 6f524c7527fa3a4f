/** The append-only journal of a run, `events.jsonl`: its truth, one event per line. */
import { z } from 'zod';
import { assert, CellsmithError } from '../base/errors.ts';
import { recordCheckpoint } from './checkpointRefs.ts';
import type { CheckpointRefs } from './checkpointRefs.ts';
import { RunEvent } from './events.ts';
import type { NewRunEvent } from './events.ts';
import type { Clock } from '../base/clock.ts';
import type { RunFiles } from './files.ts';
import { JOURNAL, readJournalContent } from './readJournal.ts';
import type { JournalContent } from './readJournal.ts';
import { RUN_FORMAT } from './runConfig.ts';

const BUFFER_MS = 1000;
const BUFFER_LINES = 50;

export interface Journal {
  /**
   * Stamps an event with the time and writes it. Resolves when it is on disk, except for `step` events, of which
   * up to 50, none older than one second when the next arrives, may wait in memory. Calls keep their order.
   * An event whose append failed is not in the journal; buffered ones before it stay and are tried again.
   * @returns the stamped event. Throws `not-finite` for a number that is NaN or infinite.
   */
  append(event: NewRunEvent): Promise<RunEvent>;
  /** The checkpoints on record: the last two of each phase. */
  checkpoints(): CheckpointRefs;
  /** Writes what is buffered. */
  flush(): Promise<void>;
  /** Flushes; no event may follow. */
  close(): Promise<void>;
}

/**
 * Opens the journal for writing; the caller holds the folder's lock. A torn last line is cut off; a new journal
 * begins with an `opened` event. @param app this program's version
 * @returns the journal and the events found in it (with the `opened` event where it is new)
 */
export async function openJournal(
  files: RunFiles,
  clock: Clock,
  app: string,
): Promise<{ readonly journal: Journal; readonly events: readonly RunEvent[] }> {
  const found = await readJournalContent(files);
  if (found.torn > 0) await files.truncate(JOURNAL, found.bytes);
  const journal = appendingJournal(files, clock, found);
  if (found.events.length > 0) return { journal, events: found.events };
  return { journal, events: [await journal.append({ kind: 'opened', format: RUN_FORMAT, app })] };
}

function appendingJournal(files: RunFiles, clock: Clock, found: JournalContent): Journal {
  let length = found.bytes;
  let checkpoints = found.events.reduce(recordCheckpoint, [] as CheckpointRefs);
  let torn = false;
  let buffer: readonly string[] = [];
  let lastWrite = -Infinity;
  let closed = false;
  let tail: Promise<void> = Promise.resolve();

  /** One job after the other, in the order of the calls, whether or not those before succeeded. */
  const inTurn = (job: () => Promise<void>): Promise<void> => {
    const turn = tail.then(job);
    tail = turn.catch(() => undefined);
    return turn;
  };

  const write = async (last: readonly string[]): Promise<void> => {
    const lines = [...buffer, ...last];
    if (lines.length === 0) return;
    // A failed append may have left part of a line, onto which the next must not be written.
    if (torn && (await files.exists(JOURNAL))) await files.truncate(JOURNAL, length);
    torn = true;
    const text = lines.join('\n');
    await files.appendLine(JOURNAL, text);
    torn = false;
    length += new TextEncoder().encode(text).length + 1;
    buffer = [];
    lastWrite = clock.now();
  };

  return {
    async append(event) {
      assert(!closed, () => `${JOURNAL}: a ${event.kind} event after close`);
      const stamped = validated({ ...event, at: clock.now() });
      const line = JSON.stringify(stamped);
      await inTurn(async () => {
        const mayWait = stamped.kind === 'step' && buffer.length + 1 < BUFFER_LINES;
        if (mayWait && clock.now() - lastWrite < BUFFER_MS) buffer = [...buffer, line];
        else await write([line]);
      });
      checkpoints = recordCheckpoint(checkpoints, stamped);
      return stamped;
    },
    checkpoints: () => checkpoints,
    flush: () => inTurn(() => write([])),
    async close() {
      closed = true;
      await inTurn(() => write([]));
    },
  };
}

/** A line that cannot be read back would spoil the whole journal, so every event is checked before. */
function validated(event: unknown): RunEvent {
  const parsed = RunEvent.safeParse(event);
  if (parsed.success) return parsed.data;
  const path = notFinite(event, []);
  if (path === undefined) throw new Error(`${JOURNAL}: no event: ${z.prettifyError(parsed.error)}`);
  throw new CellsmithError(
    'not-finite',
    `The run has diverged: ${path.join('.')} is not a finite number.`,
    'Resume from the last checkpoint with a lower learning rate or stronger gradient clipping.',
  );
}

function notFinite(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = notFinite(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
