/** The folder of one's own that is being looked at: typed, chosen or dropped. */
import { create } from 'zustand';
import { useDraft } from '../../../store/draft.ts';
import { NO_FOLDER } from './sources.ts';

interface DataPath {
  /** undefined = that of the draft. */
  readonly path: string | undefined;
}

export const useDataPath = create<DataPath>()(() => ({ path: undefined }));

/** What it can be used as is found out; until then the draft has no folder. */
export function chooseDataPath(path: string): void {
  useDraft.getState().set(['data', 'source'], NO_FOLDER);
  useDataPath.setState({ path });
}

export function takeSource(source: string): void {
  useDraft.getState().set(['data', 'source'], source);
}
