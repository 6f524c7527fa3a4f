/** Choosing another strategy or recipe without losing the settings that both have. Tensor-free. */
import type { z } from 'zod';
import { meaningOf } from './schemaWords.ts';

export interface Choice {
  readonly id: string;
  readonly config: Record<string, unknown>;
}

/** Part of a registry. */
export interface Choices {
  get(id: string): { readonly id: string; readonly config: z.ZodType };
}

/**
 * Takes another entry in a choice. Settings that were chosen stay where the new entry means the same by them; what was
 * only the default of the one before does not.
 * @throws CellsmithError of the registry for an unknown id
 */
export function switchChoice(choice: unknown, id: string, entries: Choices): Choice {
  const { id: old, config = {} } = (choice ?? {}) as Partial<Choice>;
  const next = entries.get(id).config;
  if (old === undefined || old === id) return { id, config };
  const before = entries.get(old).config;
  const kept = Object.entries(config).filter(([name, value]) => {
    const [was, is] = [meaningOf(before, name), meaningOf(next, name)];
    if (was === undefined || was.meaning !== is?.meaning) return false;
    return JSON.stringify(value) !== JSON.stringify(was.standard);
  });
  return { id, config: Object.fromEntries(kept) };
}
