/** Sources of data as text (id, or id:path), and which choice of the step each belongs to. Pure. */
import type { CatalogDataset } from '../../../../core/protocol/catalog.ts';
import type { FolderListing } from '../../../../core/protocol/libraryApi.ts';

export const BUILT_IN = 'shapes10';
export const OWN = 'own';
/** What an own folder is until one is chosen; the check says that it needs a path. */
export const NO_FOLDER = 'folder';

export interface Source {
  readonly id: string;
  readonly path?: string;
}

export function readSource(source: string): Source {
  const colon = source.indexOf(':');
  const [id, path] =
    colon < 0 ? [source.trim(), ''] : [source.slice(0, colon).trim(), source.slice(colon + 1).trim()];
  return path === '' ? { id } : { id, path };
}

/** The built-in set, a published one by its id, or one's own. */
export function choiceOf(source: string, datasets: readonly CatalogDataset[]): string {
  const { id } = readSource(source);
  if (id === BUILT_IN) return BUILT_IN;
  return datasets.some((one) => one.id === id && one.download !== undefined) ? id : OWN;
}

/** Where a published set lies among the folders of the data folder. */
export function foundSource(id: string, listings: readonly FolderListing[]): string | undefined {
  const all = listings.flatMap(({ path, sources }) => sources.map(({ source }) => ({ path, source })));
  const exact = all.find(({ source }) => readSource(source).id === id);
  if (exact !== undefined) return exact.source;
  // MNIST and its kin share a format, so that only the folder tells which it is.
  const sameFormat = all.find(
    ({ path, source }) => readSource(source).id === 'idx' && path.split(/[/\\]/).at(-1) === id,
  );
  return sameFormat === undefined ? undefined : `${id}:${sameFormat.path}`;
}

/** Training images there are, where that is known without looking; the built-in set draws as many as one likes. */
export const TRAINING_COUNTS: Readonly<Record<string, number>> = {
  [BUILT_IN]: 6000,
  cifar10: 50_000,
  cifar100: 50_000,
  mnist: 60_000,
  'fashion-mnist': 60_000,
  svhn: 73_257,
};
