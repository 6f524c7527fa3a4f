/** The log in the home folder: what processes said, and what went wrong. Old lines make room for new ones. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BYTES = 2 ** 20;
/** `desktop.log`, `desktop.1.log`, `desktop.2.log`. */
const KEPT = 3;

export type Log = (line: string) => void;

export interface LogOptions {
  readonly now: () => number;
  readonly mostBytes?: number;
}

/** Never throws: where the disk is full or read only, the work goes on without a log. */
export function openLog(folder: string, { now, mostBytes = MOST_BYTES }: LogOptions): Log {
  const path = (age: number): string => join(folder, age === 0 ? 'desktop.log' : `desktop.${age}.log`);
  let size = 0;

  const attempt = (action: () => void): boolean => {
    try {
      action();
      return true;
    } catch {
      // Told by the return value; there is nowhere to write about it.
      return false;
    }
  };

  const rotate = (): void => {
    for (let age = KEPT - 2; age >= 0; age--) attempt(() => renameSync(path(age), path(age + 1)));
    size = 0;
  };

  attempt(() => mkdirSync(folder, { recursive: true }));
  attempt(() => (size = statSync(path(0)).size));
  return (line) => {
    const text = `${new Date(now()).toISOString()} ${line.trimEnd()}\n`;
    if (size > 0 && size + text.length > mostBytes) rotate();
    if (attempt(() => appendFileSync(path(0), text))) size += Buffer.byteLength(text);
  };
}
