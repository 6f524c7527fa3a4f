/** MNIST (LeCun et al. 1998), Fashion-MNIST (Xiao et al. 2017) and others in IDX files, packed with gzip or not. */
import { damaged, missing, placeOf } from './dataErrors.ts';
import { gunzip, isGzip } from './inflate.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import { fileNames, fullName, readWhole } from './readFiles.ts';
import type { DatasetSource, OpenRequest, SourceFiles } from './source.ts';

const BYTES = 0x08;
const PARTS = { train: 'train', test: 't10k' };
const HINT = 'Give the folder with train-images-idx3-ubyte and train-labels-idx1-ubyte, with .gz or without.';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const FASHION = [
  'T-shirt',
  'trousers',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'boot',
];

/** The same reader under the names of the sets that people look for, and for any other. */
export const mnist = source('mnist', 'MNIST', DIGITS);
export const fashionMnist = source('fashion-mnist', 'Fashion-MNIST', FASHION);
export const idx = source('idx', 'IDX files');

function source(id: string, title: string, names?: readonly string[]): DatasetSource {
  return {
    id,
    title,
    path: { needed: true, description: 'folder with train-images-idx3-ubyte(.gz) and the like' },
    open: (request) => readIdxFolder(id, title, names, request),
  };
}

async function readIdxFolder(
  id: string,
  title: string,
  classNames: readonly string[] | undefined,
  { path = '', host }: OpenRequest,
): Promise<Dataset> {
  const files = host.files(path);
  const names = await fileNames(files);
  const train = await readPart(files, names, PARTS.train);
  if (train === undefined) throw missing(placeOf(files), 'pair of IDX training files', HINT);
  host.onProgress?.('files', 1, 2);
  const test = await readPart(files, names, PARTS.test);
  host.onProgress?.('files', 2, 2);
  const highest = Math.max(highestLabel(train), test === undefined ? 0 : highestLabel(test));
  if (classNames !== undefined && highest >= classNames.length) {
    throw damaged(files.root, `a label says ${highest}, but ${title} has ${classNames.length} classes`);
  }
  const classes = classNames ?? Array.from({ length: highest + 1 }, (_, i) => String(i));
  return {
    id,
    title,
    train: { ...train, classes },
    ...(test === undefined ? {} : { test: { ...test, classes } }),
  };
}

async function readPart(
  files: SourceFiles,
  names: readonly string[],
  part: string,
): Promise<Omit<ImageSet, 'classes'> | undefined> {
  const imagesName = names.find((name) => isPart(name, part, 'images', 3));
  const labelsName = names.find((name) => isPart(name, part, 'labels', 1));
  if (imagesName === undefined && labelsName === undefined) return undefined;
  if (imagesName === undefined || labelsName === undefined) {
    const kind = imagesName === undefined ? 'images' : 'labels';
    throw missing(placeOf(files), `file of ${kind} beside ${imagesName ?? labelsName ?? ''}`, HINT);
  }
  return decodeIdxPair(
    await readWhole(files, imagesName),
    fullName(files, imagesName),
    await readWhole(files, labelsName),
    fullName(files, labelsName),
  );
}

/** Both spellings in use: train-images-idx3-ubyte and train-images.idx3-ubyte. */
function isPart(name: string, part: string, kind: string, dimensions: number): boolean {
  const plain = name.endsWith('.gz') ? name.slice(0, -3) : name;
  return (
    plain === `${part}-${kind}-idx${dimensions}-ubyte` || plain === `${part}-${kind}.idx${dimensions}-ubyte`
  );
}

/** Images and labels that belong together. @throws CellsmithError `damaged-data` */
export function decodeIdxPair(
  imageBytes: Uint8Array,
  imageFile: string,
  labelBytes: Uint8Array,
  labelFile: string,
): Omit<ImageSet, 'classes'> {
  const images = decodeIdx(imageBytes, imageFile, 3);
  const labels = decodeIdx(labelBytes, labelFile, 1);
  const [count, height, width] = images.shape;
  if (count !== labels.shape[0]) {
    throw damaged(labelFile, `it has ${labels.shape[0]} labels, but ${imageFile} has ${count} images`);
  }
  return { shape: [height, width, 1], count, pixels: images.data, labels: Uint16Array.from(labels.data) };
}

export interface IdxArray {
  readonly shape: readonly number[];
  /** A view into the bytes, or into their unpacked form. */
  readonly data: Uint8Array;
}

/**
 * An IDX file of unsigned bytes: two zeros, type, number of dimensions, big-endian sizes, data.
 * @throws CellsmithError `damaged-data`
 */
export function decodeIdx(bytes: Uint8Array, file: string, dimensions: number): IdxArray {
  const plain = isGzip(bytes) ? gunzip(bytes, file) : bytes;
  const header = 4 + 4 * dimensions;
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  const expected = (BYTES << 8) | dimensions;
  const magic = plain.length >= 4 ? view.getUint32(0) : undefined;
  if (magic !== expected) {
    const found = magic === undefined ? `${plain.length} bytes in all` : `0x${magic.toString(16)}`;
    throw damaged(file, `it should begin with the magic number 0x${expected.toString(16)}, not ${found}`);
  }
  if (plain.length < header) throw damaged(file, 'it ends within the header');
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((a, b) => a * b, 1);
  if (size !== plain.length - header) {
    throw damaged(
      file,
      `${shape.join('×')} values would take ${size} bytes, but ${plain.length - header} follow its header`,
    );
  }
  if (size === 0) throw damaged(file, `it is empty (${shape.join('×')})`);
  return { shape, data: plain.subarray(header) };
}

function highestLabel({ labels }: { readonly labels: Uint16Array }): number {
  return labels.reduce((a, b) => Math.max(a, b), 0);
}
