/** What the studio shows, the same when one comes back to it or reloads the window. */
import { create } from 'zustand';
import { keepForSession, keptForSession } from '../store/sessionState.ts';
import type { SecondLabel } from './secondLabels.ts';

const MODES = ['edit', 'compare'] as const;
const VIEWS = ['graph', 'table', 'both'] as const;
const SECONDS = ['alpha', 'params'] as const satisfies readonly SecondLabel[];

export type StudioMode = (typeof MODES)[number];
export type CellView = (typeof VIEWS)[number];

interface StudioView {
  readonly mode: StudioMode;
  readonly view: CellView;
  readonly second: SecondLabel;
  setMode(mode: StudioMode): void;
  setView(view: CellView): void;
  setSecond(second: SecondLabel): void;
}

/** The first of those that there are, where nothing or something else was kept. */
function kept<T extends string>(name: string, all: readonly [T, ...T[]]): T {
  const found = keptForSession<string>(`studio.${name}`, all[0]);
  return all.find((one) => one === found) ?? all[0];
}

export const useStudioView = create<StudioView>()((set) => ({
  mode: kept('mode', MODES),
  view: kept('view', VIEWS),
  second: kept('second', SECONDS),
  setMode: (mode) => set({ mode }),
  setView: (view) => set({ view }),
  setSecond: (second) => set({ second }),
}));

useStudioView.subscribe(({ mode, view, second }) => {
  keepForSession('studio.mode', mode);
  keepForSession('studio.view', view);
  keepForSession('studio.second', second);
});
