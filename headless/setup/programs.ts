/** Runs other programs: Python's pip, a compiler. */
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  /** What ended it, where that was no end of its own. */
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  /** What it said of errors, at most the last so many characters. */
  readonly errors: string;
}

const MOST_CHARACTERS = 20_000;

export interface Running {
  /** Ends it; where left out, it may take as long as it likes. */
  readonly timeoutMs?: number;
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** @param onLine each line that it says @throws Error where it cannot be started, or `signal` ends it */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs, onLine, signal }: Running = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, signal });
    let [out, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') onLine?.(line.trim());
    });
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (errors = (errors + text).slice(-MOST_CHARACTERS)));
    child.on('error', reject);
    child.on('close', (code, by) => resolve({ code, signal: by, out, errors }));
  });
}

/** In words, after what it is. */
export function howEnded({ code, signal }: Ended): string {
  return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
}

/** The first of those programs that can be started, and ends well. */
export async function firstThatRuns(
  programs: readonly string[],
  args: readonly string[],
): Promise<string | undefined> {
  for (const program of programs) {
    const ended = await runProgram(program, args, { timeoutMs: 30_000 }).catch(() => undefined);
    if (ended?.code === 0) return program;
  }
  return undefined;
}
