/** A choice of a registry's entry with its settings, as it stands in the draft. */
import { useCallback, useMemo } from 'react';
import type { CatalogEntry } from '../../../../core/protocol/catalog.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt, withValueAt } from '../../../store/tree.ts';
import { schemaAt } from '../../../ui/schemaFields.ts';
import type { Choice, Kept } from './switchEntry.ts';
import { switchEntry } from './switchEntry.ts';

export const STRATEGY_PATH = ['search', 'strategy'] as const;
export const RECIPE_PATH = ['retrain', 'recipe'] as const;

export interface EntryChoice extends Choice {
  readonly entry: CatalogEntry | undefined;
  readonly entries: readonly CatalogEntry[];
  /** Where its settings stand. */
  readonly configPath: readonly string[];
  choose(id: string): void;
  /** undefined leaves the setting out. */
  change(name: string, value: unknown): void;
}

/** For as long as the window is open; another preset begins anew. */
const keptAt = new Map<string, Kept>();

const NONE: readonly CatalogEntry[] = [];

export function useStrategy(): EntryChoice {
  const entries = useCatalog((state) => state.catalog?.strategies) ?? NONE;
  return useEntry(STRATEGY_PATH, entries);
}

export function useRecipe(): EntryChoice {
  const entries = useCatalog((state) => state.catalog?.recipes) ?? NONE;
  return useEntry(RECIPE_PATH, entries);
}

function useEntry(path: readonly string[], entries: readonly CatalogEntry[]): EntryChoice {
  const [raw] = useSetting<unknown>(path);
  const presetId = useDraft((state) => state.presetId);
  const preset = useCatalog((state) => schemaAt(state.catalog?.runConfig, ...path)?.default);
  const choice = useMemo(() => choiceOf(raw ?? preset), [raw, preset]);
  const key = [presetId ?? '', ...path].join('/');

  const choose = useCallback(
    (id: string) => {
      const from = choiceOf(valueAt(useDraft.getState().config, path) ?? preset);
      if (id === from.id) return;
      const { choice: to, kept } = switchEntry(from, id, entries, keptAt.get(key) ?? new Map());
      keptAt.set(key, kept);
      useDraft.getState().set(path, to);
    },
    [path, entries, preset, key],
  );
  const change = useCallback(
    (name: string, value: unknown) => {
      const { config, set } = useDraft.getState();
      // Where the draft leaves the whole choice out, its id has to be written too.
      if (valueAt(config, [...path, 'id']) !== undefined) return set([...path, 'config', name], value);
      const { id, config: settings } = choiceOf(preset);
      set(path, { id, config: withValueAt(settings, [name], value) });
    },
    [path, preset],
  );
  return {
    ...choice,
    entry: entries.find(({ id }) => id === choice.id),
    entries,
    configPath: useMemo(() => [...path, 'config'], [path]),
    choose,
    change,
  };
}

function choiceOf(value: unknown): Choice {
  const id = valueAt(value, ['id']);
  const config = valueAt(value, ['config']);
  return { id: typeof id === 'string' ? id : '', config: isTree(config) ? config : EMPTY };
}

const EMPTY: Tree = {};
