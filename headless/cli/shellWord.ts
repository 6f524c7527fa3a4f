/** Paths in command lines that a person copies into a shell. */

/** For a shell, where a name has more than plain characters. */
export function quoted(path: string): string {
  return /^[\w./\\:@%+=-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
