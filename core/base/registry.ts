/** An immutable list of entries found by id. */
import { CellsmithError } from './errors.ts';

export interface Registry<T extends { readonly id: string }> {
  readonly kind: string;
  readonly all: readonly T[];
  get(id: string): T;
  has(id: string): boolean;
}

/** Collects entries; a duplicate id throws at import, an unknown id throws with the known ones. */
export function registry<T extends { readonly id: string }>(kind: string, all: readonly T[]): Registry<T> {
  const byId = new Map<string, T>();
  for (const entry of all) {
    if (byId.has(entry.id)) throw new Error(`${kind} '${entry.id}' is registered twice`);
    byId.set(entry.id, entry);
  }
  return {
    kind,
    all,
    has: (id) => byId.has(id),
    get(id) {
      const entry = byId.get(id);
      if (entry === undefined) {
        throw new CellsmithError(
          `unknown-${kind}`,
          `There is no ${kind} named '${id}'.`,
          `Choose one of: ${[...byId.keys()].join(', ')}.`,
        );
      }
      return entry;
    },
  };
}
