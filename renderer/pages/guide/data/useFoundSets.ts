/** The folders of the home's data folder, so that what was downloaded once is recognised. */
import type { FolderListing } from '../../../../core/protocol/libraryApi.ts';
import { library } from '../../../api/services.ts';
import type { Query } from '../../../api/useQuery.ts';
import { useQuery } from '../../../api/useQuery.ts';
import { useConnection } from '../../../store/connection.ts';

export interface FoundSets {
  /** Where downloads go. */
  readonly folder: string;
  readonly listings: readonly FolderListing[];
}

const MOST_FOLDERS = 40;

/** @param again asks anew when it changes */
export function useFoundSets(again: string): Query<FoundSets> {
  const connections = useConnection((state) => state.count);
  return useQuery(`${connections} ${again}`, async ({ signal }) => {
    const options = signal === undefined ? {} : { signal };
    const root = await library.call('listFolder', {}, options);
    const folders = root.entries.filter(({ kind }) => kind === 'folder').slice(0, MOST_FOLDERS);
    const listings = await Promise.all(
      folders.map(({ path }) =>
        library.call('listFolder', { path }, options).then(
          (listing) => [listing],
          // One that may not be read holds no set of ours.
          () => [],
        ),
      ),
    );
    return { folder: root.path, listings: listings.flat() };
  });
}
