/** What a process did when memory ran out, for a sentence: `…, while the program 'x' was compiled`. */

export function compilingWords({ program }: { readonly program: string }): string {
  return `the program '${program}' was compiled`;
}

export function countingWords({
  what,
  done,
  total,
}: {
  readonly what: string;
  readonly done: number;
  readonly total: number;
}): string {
  return `it was at ${done} of ${total} (${what})`;
}
