/** Everything that can be chosen, read once. */
import { create } from 'zustand';
import type { Catalog } from '../../core/protocol/catalog.ts';
import { library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';

export const useCatalog = create<{ readonly catalog: Catalog | undefined }>()(() => ({ catalog: undefined }));

atEachConnection(() => {
  if (useCatalog.getState().catalog !== undefined) return;
  library.call('catalog', {}).then(
    (catalog) => useCatalog.setState({ catalog }),
    () => undefined,
  );
});
