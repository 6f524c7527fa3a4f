/** How a process ended, as whoever started it knows. */

/** A process that was killed has a signal, where the system tells. */
export interface ProcessEnd {
  readonly code?: number;
  readonly signal?: string;
  /** The host knows that memory ran out. */
  readonly isOutOfMemory?: boolean;
  /** What it said last on its error stream, if anything. */
  readonly lastWords?: string;
}

/** In place of a signal, where a desktop tells no more. */
export const CRASH_OF_NATIVE_CODE = 'a crash of native code';

/** How it ended, in words; nothing is known of a process that ended by itself with code 0. */
export function endInWords({ code, signal, lastWords }: ProcessEnd): string {
  const how =
    signal === undefined
      ? `it ended with code ${code ?? 'unknown'}`
      : signal === 'SIGKILL'
        ? 'it was killed, by the system where memory ran out, or by somebody (SIGKILL)'
        : `it was ended by ${signal}`;
  return lastWords === undefined || lastWords === '' ? how : `${how}: ${lastWords}`;
}
