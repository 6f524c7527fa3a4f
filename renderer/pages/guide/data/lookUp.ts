/** What lies at a path and what it could be used as; where nothing lies there, what is close to it. */
import type { FolderListing } from '../../../../core/protocol/libraryApi.ts';
import type { CallOptions } from '../../../../core/protocol/rpc.ts';
import type { Failure } from '../../../../core/protocol/values.ts';
import { library } from '../../../api/services.ts';
import { failureOf } from '../../../api/useQuery.ts';
import { folderOf } from '../drops.ts';

/** `at` is the path that was looked up. */
export type LookedUp = { readonly at: string } & (
  | {
      readonly kind: 'found';
      readonly sources: FolderListing['sources'];
      /** Folders in it, for completion. */
      readonly folders: readonly string[];
    }
  | { readonly kind: 'missing'; readonly failure: Failure; readonly folders: readonly string[] }
);

const MOST_OFFERED = 100;
export const ARRAYS = /\.npz$/i;

export async function lookUp(path: string, { signal }: CallOptions): Promise<LookedUp> {
  const options = signal === undefined ? {} : { signal };
  const list = (at: string): Promise<FolderListing> => library.call('listFolder', { path: at }, options);
  try {
    const listing = await list(ARRAYS.test(path) ? folderOf(path) : path);
    const folders = foldersIn(listing);
    if (!ARRAYS.test(path)) return { at: path, kind: 'found', sources: listing.sources, folders };
    return {
      at: path,
      kind: 'found',
      sources: listing.sources.filter(({ source }) => source === `npz:${path}`),
      folders,
    };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'cancelled' || failure.code === 'disconnected') throw error;
    const around = await list(folderOf(path)).then(foldersIn, () => []);
    const start = path.toLowerCase();
    const near = around.filter((folder) => folder.toLowerCase().startsWith(start));
    return { at: path, kind: 'missing', failure, folders: near };
  }
}

function foldersIn({ entries }: FolderListing): readonly string[] {
  return entries
    .filter(({ kind }) => kind === 'folder')
    .slice(0, MOST_OFFERED)
    .map(({ path }) => path);
}
