/** Whether a process ended because memory ran out: certain where it was said or counted, else by figures, or not. */
import { bytesText } from '../../core/base/bytesText.ts';
import { isOutOfMemory } from '../../core/base/outOfMemory.ts';
import type { MemoryNow } from '../../core/base/outOfMemory.ts';
import { FULL_HEAP } from '../../core/runs/lessMemory.ts';
import type { Kills } from './memory.ts';
import type { ProcessEnd } from './processEnd.ts';
import { CRASH_OF_NATIVE_CODE, endInWords } from './processEnd.ts';

/** What was seen of a process while it was there. */
export interface MemorySeen {
  /** When free memory was shortest, of the last looks. */
  readonly memory?: MemoryNow;
  /** Counts some seconds before its end and when it had ended. */
  readonly killsBefore?: Kills;
  readonly killsAfter?: Kills;
}

export interface Verdict {
  readonly reason: string;
  readonly isInferred: boolean;
  /** It was the heap of JavaScript that was full. */
  readonly isHeap?: boolean;
}

/** Less than that of all memory was free when it was killed. */
const NEARLY_FULL = 0.1;
/** As Windows ends programs whose memory cannot be had: STATUS_NO_MEMORY, and what Chromium says. */
const WINDOWS_CODES: readonly number[] = [0xc0000017, 0xe0000008];
/** Codes are 128 and the number of the signal, as shells tell it; 127 is how the C library ends a process. */
const KILLED: readonly (string | number)[] = ['SIGKILL', 137];
const CRASHED: readonly (string | number)[] = [
  ...['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP', CRASH_OF_NATIVE_CODE],
  ...[127, 132, 133, 134, 135, 139],
];

/** @returns undefined where it ended of something else, or by hand */
export function deathByMemory(end: ProcessEnd, seen: MemorySeen): Verdict | undefined {
  const { code, signal, lastWords = '' } = end;
  const isFailure = signal !== undefined || (code !== undefined && code !== 0);
  if (isFailure && isOutOfMemory(lastWords)) return said(lastWords);
  if (end.isOutOfMemory === true)
    return { reason: 'the program around it ended it for that', isInferred: false };
  if (code !== undefined && WINDOWS_CODES.includes(code >>> 0))
    return {
      reason: `the system ended the process with code 0x${(code >>> 0).toString(16)}`,
      isInferred: false,
    };
  const how = signal ?? code ?? 0;
  if (KILLED.includes(how)) return killed(seen) ?? nearlyFull(seen, 'the process was killed without a word');
  // Native code that gets no memory seldom says so: it aborts, or reads where there is nothing.
  return CRASHED.includes(how) ? nearlyFull(seen, `the process crashed (${endInWords(end)})`) : undefined;
}

/** The same of a process whose end nobody saw: only counts and figures can tell. */
export function unseenDeath(seen: MemorySeen): Verdict | undefined {
  return killed(seen) ?? nearlyFull(seen, 'the process ended without a word');
}

function killed({ killsBefore, killsAfter }: MemorySeen): Verdict | undefined {
  const rose = (name: keyof Kills): boolean => (killsAfter?.[name] ?? 0) > (killsBefore?.[name] ?? Infinity);
  if (rose('ofGroup'))
    return {
      reason: 'the system killed the process to free memory, as the count of its control group tells',
      isInferred: false,
    };
  // Another process may have been the one that was counted.
  if (rose('ofComputer'))
    return {
      reason:
        'the process was killed, and meanwhile the system counted a process that it ended to free memory',
      isInferred: true,
    };
  return undefined;
}

function nearlyFull({ memory }: MemorySeen, what: string): Verdict | undefined {
  if (memory?.freeBytes === undefined || memory.freeBytes > NEARLY_FULL * memory.limitBytes) return undefined;
  return { reason: `${what} when ${bytesText(memory.freeBytes)} were left`, isInferred: true };
}

/** V8 puts a stamp and a number before it. */
function said(line: string): Verdict {
  if (!/JavaScript heap out of memory/.test(line)) return { reason: line, isInferred: false };
  const reason = `${FULL_HEAP} (${line.replace(/^.*?FATAL ERROR: /, '')})`;
  return { reason, isInferred: false, isHeap: true };
}
