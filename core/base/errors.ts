/** Errors a person can act on, and assertions for mistakes of the programmer. */

/** A failure that the user can understand and mend. `message` says what and where, `hint` what to do. */
export class CellsmithError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.name = 'CellsmithError';
    this.code = code;
    this.hint = hint;
  }
}

/** Throws when the programmer broke a promise; the message is built only then. */
export function assert(condition: unknown, message: () => string): asserts condition {
  if (!condition) throw new Error(message());
}

/** Makes the compiler prove that every member of a union was handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
