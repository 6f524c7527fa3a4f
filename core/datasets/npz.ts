/** A data set in one NumPy archive (.npz): x_train, y_train and, if there, x_test, y_test; or images and labels. */
import { damaged, missing, placeOf } from './dataErrors.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import type { NpyArray } from './npy.ts';
import { decodeNpy } from './npy.ts';
import { fileNames, fullName, readWhole } from './readFiles.ts';
import type { DatasetSource } from './source.ts';
import { listZip } from './zip.ts';

const MOST_CLASSES = 65536;
const HINT =
  'Save it with numpy.savez(file, x_train=…, y_train=…, x_test=…, y_test=…) or numpy.savez(file, images=…, labels=…).';

export const npz: DatasetSource = {
  id: 'npz',
  title: 'NumPy archive',
  path: { needed: true, description: 'an .npz file, or a folder that holds one' },
  async open({ path = '', host }) {
    const files = host.files(path);
    const name = (await fileNames(files)).find((entry) => entry.endsWith('.npz'));
    if (name === undefined) throw missing(placeOf(files), '.npz file', HINT);
    const dataset = decodeNpz(await readWhole(files, name), fullName(files, name));
    host.onProgress?.('files', 1, 1);
    return dataset;
  },
};

/** @throws CellsmithError `damaged-data`, `data-not-found` */
export function decodeNpz(bytes: Uint8Array, file: string): Dataset {
  const members = new Map(listZip(bytes, file).map((member) => [member.name.replace(/\.npy$/, ''), member]));
  const array = (name: string): NpyArray | undefined => {
    const member = members.get(name);
    return member && decodeNpy(member.read(), `${file} (array '${name}')`);
  };
  const pair = (imagesName: string, labelsName: string): Omit<ImageSet, 'classes'> | undefined => {
    const images = array(imagesName);
    const labels = array(labelsName);
    if (images === undefined && labels === undefined) return undefined;
    if (images === undefined || labels === undefined) {
      const [has, lacks] = images === undefined ? [labelsName, imagesName] : [imagesName, labelsName];
      throw missing(file, `array '${lacks}' beside '${has}'`, HINT);
    }
    return imageSet(images, `${file} (array '${imagesName}')`, labels, `${file} (array '${labelsName}')`);
  };
  const train = pair('x_train', 'y_train') ?? pair('images', 'labels');
  if (train === undefined) throw missing(file, "pair of arrays 'x_train' and 'y_train'", HINT);
  const test = pair('x_test', 'y_test');
  if (test !== undefined && test.shape.join() !== train.shape.join()) {
    throw damaged(file, `test images are ${test.shape.join('×')}, training images ${train.shape.join('×')}`);
  }
  const highest = [...train.labels, ...(test?.labels ?? [])].reduce((a, b) => Math.max(a, b), 0);
  const classes = Array.from({ length: highest + 1 }, (_, i) => String(i));
  return {
    id: 'npz',
    title: 'NumPy archive',
    train: { ...train, classes },
    ...(test === undefined ? {} : { test: { ...test, classes } }),
  };
}

function imageSet(
  images: NpyArray,
  imagesFile: string,
  labels: NpyArray,
  labelsFile: string,
): Omit<ImageSet, 'classes'> {
  const { shape, channelsFirst } = readShape(images, imagesFile);
  const count = images.shape[0];
  if (labels.length !== count || labels.shape[0] !== count) {
    throw damaged(labelsFile, `it has shape (${labels.shape.join(', ')}), but there are ${count} images`);
  }
  const toByte = isFloat(images) ? fromUnit(imagesFile) : fromByte(imagesFile);
  const [height, width, channels] = shape;
  const pixels = new Uint8Array(images.length);
  for (let position = 0; position < images.length; position++) {
    const place = channelsFirst ? interleaved(position, height * width, channels) : position;
    pixels[place] = toByte(images.at(position));
  }
  return { shape, count, pixels, labels: readLabels(labels, labelsFile) };
}

function readShape({ shape }: NpyArray, file: string): { shape: ImageSet['shape']; channelsFirst: boolean } {
  const said = `it has shape (${shape.join(', ')})`;
  if (shape.includes(0)) throw damaged(file, `${said}, so it holds no image`);
  const [, a, b, c] = shape;
  if (shape.length === 3) return { shape: [a, b, 1], channelsFirst: false };
  // Channels last is the rule; 3×H×W with an H that is no number of channels can only be channels first.
  if (shape.length === 4 && (c === 1 || c === 3)) return { shape: [a, b, c], channelsFirst: false };
  if (shape.length === 4 && (a === 1 || a === 3)) return { shape: [b, c, a], channelsFirst: true };
  throw damaged(
    file,
    `${said}, but images are (n, height, width, 1 or 3), (n, 1 or 3, height, width) or (n, h, w)`,
  );
}

function interleaved(position: number, plane: number, channels: number): number {
  const image = Math.floor(position / (plane * channels));
  const inImage = position % (plane * channels);
  return (image * plane + (inImage % plane)) * channels + Math.floor(inImage / plane);
}

function isFloat({ dtype }: NpyArray): boolean {
  return dtype.startsWith('f');
}

function fromUnit(file: string): (value: number) => number {
  return (value) => {
    if (!(value >= -1e-6 && value <= 1 + 1e-6)) {
      throw damaged(file, `it holds ${value}; floating-point pixels must lie in 0 … 1`);
    }
    return Math.max(0, Math.min(255, Math.round(value * 255)));
  };
}

function fromByte(file: string): (value: number) => number {
  return (value) => {
    if (value < 0 || value > 255) throw damaged(file, `it holds ${value}; whole pixels must lie in 0 … 255`);
    return value;
  };
}

function readLabels(labels: NpyArray, file: string): Uint16Array {
  return Uint16Array.from({ length: labels.length }, (_, i) => {
    const label = labels.at(i);
    if (!Number.isInteger(label) || label < 0 || label >= MOST_CLASSES) {
      throw damaged(file, `label ${i} is ${label}; labels are whole numbers from 0`);
    }
    return label;
  });
}
