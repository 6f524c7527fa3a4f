/** SVHN (Netzer et al. 2011), cropped digits, in its published MATLAB files. */
import { damaged, missing, placeOf } from './dataErrors.ts';
import type { ImageSet } from './imageSet.ts';
import type { MatArray } from './matFile.ts';
import { decodeMat } from './matFile.ts';
import { fileNames, fullName, readWhole } from './readFiles.ts';
import type { DatasetSource } from './source.ts';

const TRAIN = 'train_32x32.mat';
const TEST = 'test_32x32.mat';
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const svhn: DatasetSource = {
  id: 'svhn',
  title: 'SVHN, cropped digits',
  path: { needed: true, description: `folder with ${TRAIN} and ${TEST}` },
  async open({ path = '', host }) {
    const files = host.files(path);
    const names = await fileNames(files);
    if (!names.includes(TRAIN)) {
      throw missing(
        placeOf(files),
        TRAIN,
        `Give the folder with ${TRAIN} and ${TEST}, the cropped digits of SVHN.`,
      );
    }
    const hasTest = names.includes(TEST);
    const total = hasTest ? 2 : 1;
    const train = decodeSvhn(await readWhole(files, TRAIN), fullName(files, TRAIN));
    host.onProgress?.('files', 1, total);
    const found = { id: 'svhn', title: 'SVHN', train };
    if (!hasTest) return found;
    const test = decodeSvhn(await readWhole(files, TEST), fullName(files, TEST));
    host.onProgress?.('files', 2, total);
    return { ...found, test };
  },
};

/** One of the files: X [H, W, 3, n] and y [n, 1] with 10 for the digit 0. @throws CellsmithError `damaged-data` */
export function decodeSvhn(bytes: Uint8Array, file: string): ImageSet {
  const arrays = decodeMat(bytes, file);
  const images = arrays.find((array) => array.name === 'X');
  const labels = arrays.find((array) => array.name === 'y');
  if (images === undefined || labels === undefined) {
    throw damaged(file, `it lacks the variable ${images === undefined ? 'X' : 'y'}`);
  }
  const [height, width, channels, count] = images.shape;
  if (images.shape.length !== 4 || channels !== 3 || images.length === 0) {
    throw damaged(file, `X has shape ${images.shape.join('×')}, not height×width×3×n`);
  }
  if (labels.length !== count) {
    throw damaged(file, `it has ${count} images, but ${labels.length} labels`);
  }
  return {
    shape: [height, width, 3],
    count,
    pixels: readPixels(images, height, width, file),
    labels: Uint16Array.from({ length: count }, (_, i) => readDigit(labels.at(i), i, file)),
    classes: DIGITS,
  };
}

function readDigit(label: number, i: number, file: string): number {
  if (!Number.isInteger(label) || label < 0 || label > 10) {
    throw damaged(file, `label ${i} is ${label}; they should be 1 … 9 and 10 for the digit 0`);
  }
  return label % 10;
}

function readPixels(images: MatArray, height: number, width: number, file: string): Uint8Array {
  const plane = height * width;
  const pixels = new Uint8Array(images.length);
  for (let position = 0; position < images.length; position++) {
    const value = images.at(position);
    if (!Number.isInteger(value) || value < 0 || value > 255) {
      throw damaged(file, `X holds ${value}; pixels are whole numbers in 0 … 255`);
    }
    const y = position % height;
    const x = Math.floor(position / height) % width;
    const channel = Math.floor(position / plane) % 3;
    const image = Math.floor(position / (3 * plane));
    pixels[((image * height + y) * width + x) * 3 + channel] = value;
  }
  return pixels;
}
