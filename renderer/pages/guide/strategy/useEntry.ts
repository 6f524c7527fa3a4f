/** A choice of a registry's entry with its settings, as it stands in the draft. */
import { useCallback, useMemo } from 'react';
import type { CatalogEntry } from '../../../../core/protocol/catalog.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { asideOf } from '../../../store/keptDraft.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt, withValueAt } from '../../../store/tree.ts';
import { schemaAt } from '../../../ui/schemaFields.ts';
import type { Choice } from './switchEntry.ts';
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
  /** As `change`, made of what stands there now. */
  update(name: string, next: (newest: unknown) => unknown): void;
}

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
  const preset = useCatalog((state) => schemaAt(state.catalog?.runConfig, ...path)?.default);
  const choice = useMemo(() => choiceOf(raw ?? preset), [raw, preset]);

  const choose = useCallback(
    (id: string) => {
      const draft = useDraft.getState();
      const from = choiceOf(valueAt(draft.config, path) ?? preset);
      if (id === from.id) return;
      const place = path.join('.');
      const to = switchEntry(from, id, entries, asideOf(draft, place));
      draft.layAside(place, from.id, from.config);
      draft.set(path, to);
    },
    [path, entries, preset],
  );
  const update = useCallback(
    (name: string, next: (newest: unknown) => unknown) => {
      const draft = useDraft.getState();
      const hasId = valueAt(draft.config, [...path, 'id']) !== undefined;
      if (hasId) return draft.update([...path, 'config', name], next);
      // Where the draft leaves the whole choice out, its id has to be written too.
      const { id, config: settings } = choiceOf(preset);
      draft.set(path, { id, config: withValueAt(settings, [name], next(settings[name])) });
    },
    [path, preset],
  );
  const change = useCallback((name: string, value: unknown) => update(name, () => value), [update]);
  return {
    ...choice,
    entry: entries.find(({ id }) => id === choice.id),
    entries,
    configPath: useMemo(() => [...path, 'config'], [path]),
    choose,
    change,
    update,
  };
}

function choiceOf(value: unknown): Choice {
  const id = valueAt(value, ['id']);
  const config = valueAt(value, ['config']);
  return { id: typeof id === 'string' ? id : '', config: isTree(config) ? config : EMPTY };
}

const EMPTY: Tree = {};
