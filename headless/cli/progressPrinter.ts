/** Prints a run's progress: a line that is rewritten on a terminal, plain lines now and then elsewhere. */
import type { Clock } from '../../core/base/clock.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import { followEvent, lastingLines, noStatus, recallTotals, statusText } from './progress.ts';

/** Where it goes: stderr, or a test's list. */
export interface LineStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressPrinter {
  /** What the journal held before, for the totals of a phase that goes on. */
  recall(events: readonly RunEvent[]): void;
  event(event: RunEvent): void;
  working(what: string, done: number, total: number): void;
  line(text: string): void;
  /** Clears the status; nothing is printed after it. */
  close(): void;
}

const REWRITE_MS = 100;
const PLAIN_MS = 10_000;
const CLEAR_LINE = '\r\u001b[2K';

export function createProgressPrinter(stream: LineStream, clock: Clock): ProgressPrinter {
  const terminal = stream.isTTY === true;
  const interval = terminal ? REWRITE_MS : PLAIN_MS;
  let status = noStatus;
  let past: readonly RunEvent[] = [];
  let shownAt = clock.now();
  let drawn = false;
  // Elapsed times go on while a program is compiled in native code.
  const timer = setInterval(() => show(), terminal ? 1000 : PLAIN_MS);
  timer.unref();

  const clear = (): void => {
    if (drawn) stream.write(CLEAR_LINE);
    drawn = false;
  };
  const line = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
    if (terminal) show(true);
  };
  function show(now = false): void {
    const at = clock.now();
    if (!now && at - shownAt < interval) return;
    shownAt = at;
    const text = statusText(status, at);
    if (!terminal) return void stream.write(`  ${text}\n`);
    stream.write(CLEAR_LINE + clipped(text, stream.columns || 80));
    drawn = true;
  }

  return {
    recall: (events) => (past = events),
    event(event) {
      const compiledBefore = status.compiling?.program;
      status = followEvent(status, event);
      if (event.kind === 'resumed') status = recallTotals(status, past, event.phase);
      lastingLines(event, status).forEach(line);
      const begins =
        event.kind === 'compiling' && event.status !== 'done' && event.program !== compiledBefore;
      if (begins && !terminal) stream.write(`  ${statusText(status, clock.now())}\n`);
      else show(begins);
    },
    working(what, done, total) {
      status = { ...status, working: { what, done, total } };
      show();
    },
    line,
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

function clipped(text: string, columns: number): string {
  return text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
}
