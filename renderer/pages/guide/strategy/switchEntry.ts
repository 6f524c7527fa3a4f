/** Changing from one entry of a list to another without losing what was set for either. */
import type { Tree } from '../../../store/tree.ts';
import type { Schema } from '../../../ui/schemaFields.ts';
import { sharedSettings } from '../../../ui/schemaFields.ts';

export interface Choice {
  readonly id: string;
  readonly config: Tree;
}

export interface Entry {
  readonly id: string;
  readonly settings: Schema;
}

/**
 * An entry that was chosen before gets its settings back; one that is new takes along what means the same in both.
 * @param aside settings of the entries that were left, by id
 */
export function switchEntry(
  from: Choice,
  to: string,
  entries: readonly Entry[],
  aside: ReadonlyMap<string, Tree>,
): Choice {
  const schemaOf = (id: string): Schema => entries.find((entry) => entry.id === id)?.settings ?? {};
  const config =
    aside.get(to) ?? sharedSettings({ schema: schemaOf(from.id), settings: from.config }, schemaOf(to));
  return { id: to, config };
}
