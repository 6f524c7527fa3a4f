/** What the command line says, and how it ends. Progress and words go to stderr, results to stdout. */
import { ZodError } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';
import { terminalHint } from './terminalHint.ts';

/** 0 done · 1 failed · 2 bad usage or input · 130 stopped by the user (a checkpoint was written). */
export const EXIT = { done: 0, failed: 1, badInput: 2, stopped: 130 } as const;

export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Failures of the program and of the machine; every other CellsmithError speaks of input that can be mended. */
const MACHINE_CODES = new Set([
  'internal',
  'not-a-number',
  'not-finite',
  'disk',
  'disk-full',
  'read-only',
  'executor-failed',
  'out-of-memory',
]);

/** Tells an error to people (stderr) or machines (a JSON line on stdout). @returns the exit code */
export function reportError(thrown: unknown, json: boolean): number {
  const error = thrown instanceof ZodError ? badSettings(thrown) : thrown;
  if (error instanceof CellsmithError) {
    const { code, message } = error;
    const hint = terminalHint(error);
    if (json) printResult(JSON.stringify({ error: { code, message, hint } }));
    say(`error: ${message}\n  → ${hint}`);
    if (code === 'cancelled') return EXIT.stopped;
    return MACHINE_CODES.has(code) ? EXIT.failed : EXIT.badInput;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (json)
    printResult(
      JSON.stringify({ error: { code: 'internal', message, hint: 'This is a defect of the program.' } }),
    );
  say(`error: ${message}\n  → This is a defect of the program; please report it with the following lines.`);
  if (error instanceof Error && error.stack !== undefined) say(error.stack);
  return EXIT.failed;
}

/** Settings that only the part they belong to could check. */
function badSettings({ issues }: ZodError): CellsmithError {
  const told = issues.map(
    ({ path, message }) => `${path.length === 0 ? 'the value' : path.join('.')}: ${message}`,
  );
  return new CellsmithError('bad-config', told.join('; '), 'Change or leave out what is named.');
}
