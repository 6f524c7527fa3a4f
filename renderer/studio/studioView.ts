/** What the studio shows, the same when one comes back to it. */
import { create } from 'zustand';
import type { SecondLabel } from './secondLabels.ts';

export type StudioMode = 'edit' | 'compare';
export type CellView = 'graph' | 'table' | 'both';

interface StudioView {
  readonly mode: StudioMode;
  readonly view: CellView;
  readonly second: SecondLabel;
  setMode(mode: StudioMode): void;
  setView(view: CellView): void;
  setSecond(second: SecondLabel): void;
}

export const useStudioView = create<StudioView>()((set) => ({
  mode: 'edit',
  view: 'graph',
  second: 'alpha',
  setMode: (mode) => set({ mode }),
  setView: (view) => set({ view }),
  setSecond: (second) => set({ second }),
}));
