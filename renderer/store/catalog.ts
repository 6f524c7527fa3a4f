/** Everything that can be chosen, read once. */
import { create } from 'zustand';
import type { Catalog } from '../../core/protocol/catalog.ts';
import { library } from '../api/services.ts';
import { atEachConnection } from './connection.ts';

export const useCatalog = create<{ readonly catalog: Catalog | undefined }>()(() => ({ catalog: undefined }));

let reading: Promise<Catalog> | undefined;

/** For whoever cannot go on without it. @throws what reading it says; the next call reads it again */
export function readCatalog(): Promise<Catalog> {
  reading ??= library.call('catalog', {}).then(
    (catalog) => {
      useCatalog.setState({ catalog });
      return catalog;
    },
    (error: unknown) => {
      reading = undefined;
      throw error;
    },
  );
  return reading;
}

atEachConnection(() => void readCatalog().catch(() => undefined));
