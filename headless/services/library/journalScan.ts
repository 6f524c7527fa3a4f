/** What the run table needs of a journal, read once and then only what was added: step lines are not parsed. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Phase } from '../../../core/runs/events.ts';
import { RunEvent } from '../../../core/runs/events.ts';
import { upgrade } from '../../../core/runs/upgrade.ts';

export interface JournalScan {
  /** Bytes of the whole lines seen. */
  readonly bytes: number;
  readonly lines: number;
  /** Of the journal, from its first line; 0 before it was seen. */
  readonly format: number;
  /** Everything but steps, ends of epochs, checkpoints, warnings and compiling, in order. */
  readonly events: readonly RunEvent[];
  /** The last word about where a phase stands. */
  readonly position?: { readonly phase: Phase; readonly step: number };
  readonly lastAt: number;
}

export const noScan: JournalScan = { bytes: 0, lines: 0, format: 0, events: [], lastAt: 0 };

const NEWLINE = 10;
const CHUNK = 256 * 1024;
const STEP = Buffer.from('{"kind":"step"');
/** Of no use for a row of the table; `epoch` only for where the phase stands. */
const LEFT_OUT: readonly RunEvent['kind'][] = ['step', 'epoch', 'checkpoint', 'warning', 'compiling'];

/**
 * Goes on from `before`, which is of the same file.
 * @throws CellsmithError `journal-damaged`, `newer-format`; the system's errors
 */
export async function scanJournal(path: string, before: JournalScan = noScan): Promise<JournalScan> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK, size - before.bytes)));
    let scan = before;
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = before.bytes; at < size;) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const piece = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = piece.lastIndexOf(NEWLINE) + 1;
      if (end > 0) scan = scanLines(piece.subarray(0, end), scan, path);
      rest = piece.subarray(end);
    }
    return scan;
  } finally {
    await handle.close();
  }
}

/** @param piece whole lines */
function scanLines(piece: Buffer, before: JournalScan, path: string): JournalScan {
  const events = [...before.events];
  let { lines, format, position, lastAt } = before;
  let step: Buffer | undefined;
  const take = (line: Buffer): void => {
    const event = parseLine(line, format, path, lines);
    if (event.kind === 'opened') format = event.format;
    lastAt = event.at;
    if ('step' in event) position = { phase: event.phase, step: event.step };
    else if (event.kind === 'phase') position = { phase: event.phase, step: stepOf(position, event.phase) };
    if (!LEFT_OUT.includes(event.kind)) events.push(event);
  };
  for (let start = 0; start < piece.length;) {
    const end = piece.indexOf(NEWLINE, start);
    const line = piece.subarray(start, end);
    start = end + 1;
    lines++;
    if (line.subarray(0, STEP.length).equals(STEP)) {
      step = line;
      continue;
    }
    // Only the last of many steps says where the phase stands.
    if (step !== undefined) take(step);
    step = undefined;
    take(line);
  }
  if (step !== undefined) take(step);
  return {
    bytes: before.bytes + piece.length,
    lines,
    format,
    events,
    lastAt,
    ...(position === undefined ? {} : { position }),
  };
}

/** A phase that is announced again goes on where it stood. */
function stepOf(position: JournalScan['position'], phase: Phase): number {
  return position?.phase === phase ? position.step : 0;
}

const FirstLine = z.looseObject({ kind: z.literal('opened'), format: z.int().min(1) });

function parseLine(line: Buffer, format: number, path: string, number: number): RunEvent {
  let raw: unknown;
  try {
    raw = JSON.parse(line.toString('utf8'));
  } catch {
    throw damaged(path, number, 'is not JSON');
  }
  const first = number === 1 ? FirstLine.safeParse(raw) : undefined;
  if (first?.success === false) throw damaged(path, 1, 'does not open a journal');
  const event = RunEvent.safeParse(upgrade('event', raw, first?.data.format ?? format, path));
  if (event.success) return event.data;
  throw damaged(path, number, 'is no event');
}

function damaged(path: string, line: number, what: string): CellsmithError {
  return new CellsmithError(
    'journal-damaged',
    `Line ${line} of ${path} ${what}.`,
    `Restore the file from a copy, or delete line ${line} and all after it: the run then continues from the last checkpoint before.`,
  );
}
