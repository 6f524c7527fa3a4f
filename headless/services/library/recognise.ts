/** What a folder could be used as, judged by names alone. */
import type { FolderListing } from '../../../core/protocol/libraryApi.ts';

export interface NamedEntry {
  readonly name: string;
  readonly kind: 'folder' | 'file';
}

export type FoundSource = FolderListing['sources'][number];

const IMAGE = /\.(png|jpe?g|webp)$/i;
const TRAIN = /^train(ing)?$/i;
const TEST = /^(test(ing)?|val(id(ation)?)?)$/i;

/**
 * @param path of the folder, with the system's separators
 * @param join puts a name behind a path
 * @param peek entries of a folder in it; empty where it cannot be read
 */
export async function recogniseSources(
  path: string,
  entries: readonly NamedEntry[],
  join: (path: string, name: string) => string,
  peek: (name: string) => Promise<readonly NamedEntry[]>,
): Promise<readonly FoundSource[]> {
  const files = entries.filter(({ kind }) => kind === 'file').map(({ name }) => name);
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => files.some((file) => file.replace(/\.gz$/i, '') === name));
  const found: FoundSource[] = [];
  const add = (id: string, title: string, why: string, at = path): void => {
    found.push({ source: `${id}:${at}`, title, why });
  };
  if (has('data_batch_1.bin', 'test_batch.bin'))
    add('cifar10', 'CIFAR-10, binary', 'it holds data_batch_1.bin and test_batch.bin');
  if (has('train.bin', 'test.bin', 'fine_label_names.txt'))
    add('cifar100', 'CIFAR-100, binary', 'it holds train.bin, test.bin and fine_label_names.txt');
  if (has('train-images-idx3-ubyte', 'train-labels-idx1-ubyte'))
    add('idx', 'Images in IDX files, as MNIST has', 'it holds train-images-idx3-ubyte and its labels');
  if (has('train_32x32.mat', 'test_32x32.mat'))
    add('svhn', 'SVHN, cropped digits', 'it holds train_32x32.mat and test_32x32.mat');
  for (const file of files.filter((name) => /\.npz$/i.test(name)).slice(0, MOST_FILES))
    add('npz', `Arrays in ${file}`, 'it is an .npz file of NumPy', join(path, file));
  const folder = await imageFolder(entries, peek);
  if (folder !== undefined) add('folder', 'Folders of images', folder);
  return found;
}

const MOST_FILES = 20;
/** Enough to tell a folder of classes from one of other things. */
const PEEKED = 12;

/** Why the folder is one of images by class; undefined where it is not. */
async function imageFolder(
  entries: readonly NamedEntry[],
  peek: (name: string) => Promise<readonly NamedEntry[]>,
): Promise<string | undefined> {
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  const train = folders.find((name) => TRAIN.test(name));
  if (train !== undefined) {
    const classes = (await peek(train)).filter(({ kind }) => kind === 'folder').length;
    const test = folders.find((name) => TEST.test(name));
    if (classes >= 2) {
      const parts = test === undefined ? `'${train}'` : `'${train}' and '${test}'`;
      return `it holds ${parts} with ${classes} folders of classes`;
    }
  }
  const looked = folders.slice(0, PEEKED);
  const inside = await Promise.all(looked.map(peek));
  const withImages = inside.filter((list) =>
    list.some(({ name, kind }) => kind === 'file' && IMAGE.test(name)),
  );
  if (withImages.length < 2) return undefined;
  return `it holds ${folders.length} folders, with images in ${withImages.length === looked.length ? 'all' : 'most'} of them`;
}
