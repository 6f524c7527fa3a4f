/** The folder of one's own that is being looked at: typed, chosen or dropped. */
import { create } from 'zustand';
import { useDraft } from '../../../store/draft.ts';
import { NO_FOLDER } from './sources.ts';

interface DataPath {
  /** undefined = that of the draft. */
  readonly path: string | undefined;
  /** What was taken for it; undefined while it still is looked up. */
  readonly taken: string | undefined;
}

export const useDataPath = create<DataPath>()(() => ({ path: undefined, taken: undefined }));

/** Nothing is looked up any more: the draft's own path stands again. */
export function forgetDataPath(): void {
  useDataPath.setState({ path: undefined, taken: undefined });
}

/** What it can be used as is found out; until then the draft has no folder. */
export function chooseDataPath(path: string): void {
  useDraft.getState().set(['data', 'source'], NO_FOLDER);
  useDataPath.setState({ path, taken: undefined });
}

export function takeSource(source: string): void {
  useDataPath.setState({ taken: source });
  useDraft.getState().set(['data', 'source'], source);
}
