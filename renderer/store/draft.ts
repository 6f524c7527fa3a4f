/** The experiment that is being put together: kept by the program, checked by the library, undone step by step. */
import { useCallback } from 'react';
import { create } from 'zustand';
import type { CheckedConfig, SeenImages } from '../../core/protocol/libraryApi.ts';
import type { RunId } from '../../core/protocol/values.ts';
import type { Phase } from '../../core/runs/events.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { library } from '../api/services.ts';
import type { GuideStep } from '../shell/links.ts';
import { bestEffort } from './bestEffort.ts';
import { useCatalog } from './catalog.ts';
import { atEachConnection } from './connection.ts';
import type { History } from './history.ts';
import { begin, change, redo, undo } from './history.ts';
import type { DraftContent, DraftState } from './keptDraft.ts';
import { keepByName } from './kept.ts';
import { contentOf, keepDraft, readDraft, withAside } from './keptDraft.ts';
import type { Path, Tree } from './tree.ts';
import { isSame, valueAt, withValueAt } from './tree.ts';

export { issueAt, issuesBelow, stepIssues } from './guideIssues.ts';
export type { Tree } from './tree.ts';

interface Draft extends DraftState {
  readonly status: 'loading' | 'ready';
  /** What the library says of `config`, a moment after it changed; undefined while it never was asked. */
  readonly checked: CheckedConfig | undefined;
  /** What `checked` is about. */
  readonly checkedConfig: Tree | undefined;
  /** Whether that is `config` as it stands now. */
  readonly isChecked: boolean;
  /** The last configuration that was whole, as near to `config` as there is. */
  readonly complete: RunConfig | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** undefined removes; one step to undo (what is typed into one field within a second is one). */
  set(path: Path, value: unknown): void;
  /** As `set`, made of what stands there now: what is shown or was checked may be older. */
  update(path: Path, next: (newest: unknown) => unknown): void;
  /** Remembers the settings of what is switched off, for when it is switched on again; undefined forgets them. */
  layAside(place: string, id: string, settings: Tree | undefined): void;
  choosePhases(next: (newest: readonly Phase[]) => readonly Phase[]): void;
  /** Another experiment in place of this one; nothing of it was visited yet. */
  replace(config: Tree, phases: readonly Phase[], presetId?: string): void;
  visit(step: GuideStep): void;
  /** The draft became this run; the next one is given another name. */
  startedAs(runId: RunId, nextName: string): void;
  undo(): void;
  redo(): void;
}

/** What a first experiment begins from: small, and yet a true search. */
const FIRST_PRESET = 'quick';
const CHECK_AFTER_MS = 150;

const nothing: DraftState = { config: {}, phases: ['search'], visited: [] };
let history: History<DraftContent> = begin<DraftContent>(nothing);
/** How often it was changed: what was read meanwhile is older. */
let changes = 0;
let checkTimer: ReturnType<typeof setTimeout> | undefined;
let checking = new AbortController();
let seen: { readonly source: string; readonly image: SeenImages } | undefined;

export const useDraft = create<Draft>()((set, get) => {
  /** Takes what the history now holds. */
  const take = (next: History<DraftContent>, more: Partial<DraftState> = {}): void => {
    history = next;
    const { config, phases, presetId } = next.present;
    const isOther = config !== get().config;
    set({
      started: undefined,
      ...more,
      config,
      phases,
      presetId,
      canUndo: next.past.length > 0,
      canRedo: next.future.length > 0,
      ...(isOther ? { isChecked: false } : {}),
    });
    if (isOther) checkSoon();
    keepSoon();
  };
  const content = (part: Partial<DraftContent>): DraftContent => ({ ...history.present, ...part });

  return {
    ...nothing,
    status: 'loading',
    checked: undefined,
    checkedConfig: undefined,
    isChecked: false,
    complete: undefined,
    canUndo: false,
    canRedo: false,
    set(path, value) {
      const { config } = history.present;
      if (isSame(valueAt(config, path), value)) return;
      const next = content({ config: withValueAt(config, path, value) });
      take(change(history, next, path.join('.'), Date.now()));
    },
    update: (path, next) => get().set(path, next(valueAt(history.present.config, path))),
    layAside(place, id, settings) {
      set({ aside: withAside(get(), place, id, settings) });
      keepSoon();
    },
    choosePhases(next) {
      const phases = next(history.present.phases);
      take(change(history, content({ phases }), undefined, Date.now()));
    },
    replace(config, phases, presetId) {
      const next = { config, phases, ...(presetId === undefined ? {} : { presetId }) };
      set({ status: 'ready' });
      take(change(history, next, undefined, Date.now()), { visited: [], step: undefined, aside: {} });
    },
    visit(step) {
      const { visited, step: before } = get();
      if (get().status === 'loading' || (before === step && visited.includes(step))) return;
      set({ step, visited: visited.includes(step) ? visited : [...visited, step] });
      keepSoon();
    },
    startedAs(runId, nextName) {
      const { config } = history.present;
      take(change(history, content({ config: { ...config, name: nextName } }), undefined, Date.now()), {
        started: runId,
      });
    },
    undo: () => take(undo(history)),
    redo: () => take(redo(history)),
  };
});

/** One setting of the draft, and how to change it. */
export function useSetting<T>(path: Path): readonly [T | undefined, (value: T | undefined) => void] {
  const key = path.join('\n');
  const value = useDraft(({ config }) => valueAt(config, key.split('\n'))) as T | undefined;
  const change = useCallback((next: T | undefined) => useDraft.getState().set(key.split('\n'), next), [key]);
  return [value, change];
}

/** Somebody has looked at the images of a data set: what depends on them can be checked, too. */
export function noteImages(source: string, image: SeenImages): void {
  if (seen !== undefined && isSame(seen, { source, image })) return;
  seen = { source, image };
  checkSoon();
}

/** What is checked with the draft has changed elsewhere: which executor it takes, say. */
export function checkAgain(): void {
  checkSoon();
}

function checkSoon(): void {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(() => void check(), CHECK_AFTER_MS);
}

async function check(): Promise<void> {
  const { config } = useDraft.getState();
  checking.abort();
  checking = new AbortController();
  try {
    const image = seen?.source === valueAt(config, ['data', 'source']) ? { image: seen?.image } : {};
    const checked = await library.call('checkConfig', { config, ...image }, { signal: checking.signal });
    if (useDraft.getState().config !== config) return;
    const whole = checked.ok ? checked.config : bestEffort(config);
    useDraft.setState(({ complete }) => ({
      checked,
      checkedConfig: config,
      isChecked: true,
      complete: whole ?? complete,
    }));
  } catch {
    // Overtaken by a change, which is checked in its turn; or the connection is lost, and the next one checks again.
  }
}

function keepSoon(): void {
  // What was kept before is not known yet, and must not be lost.
  if (useDraft.getState().status === 'loading') return;
  changes++;
  kept.soon();
}

/** What could not be kept is kept later; until then the window has it. */
const kept = keepByName('draft', () => keepDraft(useDraft.getState()));

async function read(): Promise<void> {
  // What was changed while there was no connection counts more than what was kept before.
  if (kept.isUnkept()) return kept.now();
  const before = changes;
  const found = readDraft((await library.call('readKept', { name: 'draft' })).value);
  if (changes !== before) return;
  if (found !== undefined) return adopt(found);
  if (useDraft.getState().status === 'loading') beginFirst();
}

function adopt(kept: DraftState): void {
  const { status, config, phases } = useDraft.getState();
  const { visited, step, started, aside = {}, ...content } = kept;
  const isFirst = status === 'loading';
  if (!isFirst && isSame(config, kept.config) && isSame(phases, kept.phases)) {
    useDraft.setState({ visited, started, aside });
    return;
  }
  history = isFirst ? begin(content) : change(history, content, undefined, Date.now());
  useDraft.setState({
    presetId: undefined,
    started: undefined,
    ...kept,
    aside,
    status: 'ready',
    isChecked: false,
    canUndo: history.past.length > 0,
    canRedo: false,
    ...(isFirst ? { step } : {}),
  });
  checkSoon();
}

/** Nothing was kept: begins from a preset, as soon as the catalogue is there. It is kept once something is chosen. */
function beginFirst(): void {
  const { catalog } = useCatalog.getState();
  if (catalog === undefined) {
    const stop = useCatalog.subscribe((now) => {
      if (now.catalog === undefined) return;
      stop();
      if (useDraft.getState().status === 'loading') beginFirst();
    });
    return;
  }
  const preset = catalog.presets.find(({ id }) => id === FIRST_PRESET) ?? catalog.presets.at(0);
  if (preset !== undefined) adopt({ ...contentOf(preset), visited: [] });
}

atEachConnection(() => {
  void read().catch(() => undefined);
  if (useDraft.getState().status === 'ready') checkSoon();
});
// Closing or reloading the window does not lose the last moment.
window.addEventListener('pagehide', kept.last);
library.on('keptChanged', ({ name }) => {
  if (name === 'draft') void read().catch(() => undefined);
});
