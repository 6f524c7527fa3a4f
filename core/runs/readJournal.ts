/** Reads a run's journal: a torn last line is dropped, any other bad line is an error that names it. */
import { z } from 'zod';
import { CellsmithError } from '../base/errors.ts';
import { RunEvent } from './events.ts';
import type { RunFiles } from './files.ts';
import { upgrade } from './upgrade.ts';

export const JOURNAL = 'events.jsonl';

const NEWLINE = 10;
const decoder = new TextDecoder('utf-8', { fatal: true });
/** The one thing that every format's first line must say. */
const FirstLine = z.looseObject({ kind: z.literal('opened'), format: z.int().min(1) });

export interface JournalContent {
  readonly events: readonly RunEvent[];
  /** Length of the whole lines. */
  readonly bytes: number;
  /** Bytes after the last whole line, left by a write that was cut off. */
  readonly torn: number;
}

/** All events of a run, in order; none where nothing was written yet. Safe while another process appends. */
export async function readJournal(files: RunFiles): Promise<readonly RunEvent[]> {
  return (await readJournalContent(files)).events;
}

/** The events and where they end. Throws `journal-damaged` or `newer-format`. */
export async function readJournalContent(files: RunFiles): Promise<JournalContent> {
  if (!(await files.exists(JOURNAL))) return { events: [], bytes: 0, torn: 0 };
  const content = await files.readBytes(JOURNAL);
  const events: RunEvent[] = [];
  const name = `${files.root}/${JOURNAL}`;
  let format = 0;
  let start = 0;
  for (let end = content.indexOf(NEWLINE); end >= 0; end = content.indexOf(NEWLINE, start)) {
    const line = events.length + 1;
    const raw = parseLine(content.subarray(start, end), name, line);
    if (line === 1) {
      const first = FirstLine.safeParse(raw);
      if (!first.success) throw damaged(name, 1, 'does not open a journal');
      format = first.data.format;
    }
    const event = RunEvent.safeParse(upgrade('event', raw, format, name));
    if (!event.success) throw damaged(name, line, `is no event: ${z.prettifyError(event.error)}`);
    events.push(event.data);
    start = end + 1;
  }
  return { events, bytes: start, torn: content.length - start };
}

function parseLine(bytes: Uint8Array, name: string, line: number): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw damaged(name, line, 'is not JSON');
  }
}

function damaged(name: string, line: number, what: string): CellsmithError {
  return new CellsmithError(
    'journal-damaged',
    `Line ${line} of ${name} ${what}.`,
    `Restore the file from a copy, or delete line ${line} and all after it: the run then continues from the last checkpoint before.`,
  );
}
