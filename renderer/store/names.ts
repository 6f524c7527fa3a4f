/** Names for experiments that do not stand in the list yet. Pure. */

/** The name itself, or with the next free number: demo, demo 2, demo 3. */
export function freshName(name: string, taken: readonly string[]): string {
  const trimmed = name.trim();
  if (trimmed !== '' && !taken.includes(trimmed)) return trimmed;
  const { stem, number } = numbered(trimmed === '' ? 'experiment' : trimmed);
  for (let next = number + 1; ; next++) {
    const candidate = `${stem} ${next}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

/** A number that may be a year or an ε is part of the name; only small ones count. */
function numbered(name: string): { readonly stem: string; readonly number: number } {
  const match = /^(.*\S) (\d{1,3})$/.exec(name);
  return match === null ? { stem: name, number: 1 } : { stem: match[1], number: Number(match[2]) };
}
