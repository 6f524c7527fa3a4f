/** CIFAR-10 and CIFAR-100 (Krizhevsky 2009) in their binary version: records of label bytes and 3072 pixel bytes. */
import { damaged, missing, placeOf } from './dataErrors.ts';
import type { Dataset, ImageSet } from './imageSet.ts';
import { concatenate, fileNames, fullName, readLines, readWhole } from './readFiles.ts';
import type { DatasetSource, OnData, SourceFiles } from './source.ts';

interface Layout {
  readonly id: string;
  readonly title: string;
  readonly classes: number;
  /** Label bytes before the pixels; the last of them is the one we use. */
  readonly labelBytes: number;
  readonly train: RegExp;
  readonly test: string;
  readonly names: string;
  readonly hint: string;
}

const SIDE = 32;
const PLANE = SIDE * SIDE;

const CIFAR_10: Layout = {
  id: 'cifar10',
  title: 'CIFAR-10',
  classes: 10,
  labelBytes: 1,
  train: /^data_batch_\d+\.bin$/,
  test: 'test_batch.bin',
  names: 'batches.meta.txt',
  hint: 'Give the folder with data_batch_1.bin … and test_batch.bin, usually named cifar-10-batches-bin.',
};

const CIFAR_100: Layout = {
  id: 'cifar100',
  title: 'CIFAR-100',
  classes: 100,
  labelBytes: 2,
  train: /^train\.bin$/,
  test: 'test.bin',
  names: 'fine_label_names.txt',
  hint: 'Give the folder with train.bin and test.bin, usually named cifar-100-binary.',
};

/** One source for each of the two layouts; CIFAR-100 with its fine labels. */
export const cifar10 = source(CIFAR_10);
export const cifar100 = source(CIFAR_100);

function source(layout: Layout): DatasetSource {
  return {
    id: layout.id,
    title: layout.title,
    path: { needed: true, description: 'folder of the binary version' },
    image: { classes: layout.classes, imageSize: SIDE, imageChannels: 3 },
    open: ({ path = '', host }) => readCifar(host.files(path), layout, host.onProgress),
  };
}

async function readCifar(files: SourceFiles, layout: Layout, onData?: OnData): Promise<Dataset> {
  const names = await fileNames(files);
  const trainNames = names.filter((name) => layout.train.test(name));
  if (trainNames.length === 0) throw missing(placeOf(files), `${layout.title} training file`, layout.hint);
  const classes = names.includes(layout.names)
    ? await readClasses(files, layout)
    : Array.from({ length: layout.classes }, (_, i) => String(i));
  const parts: ImageSet[] = [];
  for (const name of trainNames) {
    parts.push(decodeCifar(await readWhole(files, name), fullName(files, name), classes, layout.labelBytes));
    onData?.('files', parts.length, trainNames.length);
  }
  const train = concatenate(parts);
  if (!names.includes(layout.test)) return { id: layout.id, title: layout.title, train };
  const test = decodeCifar(
    await readWhole(files, layout.test),
    fullName(files, layout.test),
    classes,
    layout.labelBytes,
  );
  return { id: layout.id, title: layout.title, train, test };
}

async function readClasses(files: SourceFiles, layout: Layout): Promise<readonly string[]> {
  const lines = await readLines(files, layout.names);
  if (lines.length !== layout.classes) {
    throw damaged(
      fullName(files, layout.names),
      `it should name ${layout.classes} classes, but has ${lines.length} lines`,
    );
  }
  return lines;
}

/**
 * One binary file. Pixels come as planes and leave interleaved.
 * @param file for messages
 * @param labelBytes 1 for CIFAR-10; 2 for CIFAR-100, whose second is the fine label
 * @throws CellsmithError `damaged-data`
 */
export function decodeCifar(
  bytes: Uint8Array,
  file: string,
  classes: readonly string[],
  labelBytes: number,
): ImageSet {
  const record = labelBytes + 3 * PLANE;
  const count = Math.floor(bytes.length / record);
  if (count === 0 || count * record !== bytes.length) {
    const expected = Math.max(1, Math.ceil(bytes.length / record));
    throw damaged(
      file,
      `${expected} images of ${record} bytes would take ${expected * record} bytes, but it has ${bytes.length}`,
    );
  }
  const pixels = new Uint8Array(count * 3 * PLANE);
  const labels = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const start = i * record + labelBytes;
    labels[i] = bytes[start - 1];
    if (labels[i] >= classes.length) {
      throw damaged(file, `image ${i} has label ${labels[i]}, but there are ${classes.length} classes`);
    }
    let at = i * 3 * PLANE;
    for (let p = start; p < start + PLANE; p++) {
      pixels[at++] = bytes[p];
      pixels[at++] = bytes[p + PLANE];
      pixels[at++] = bytes[p + 2 * PLANE];
    }
  }
  return { shape: [SIDE, SIDE, 3], count, pixels, labels, classes };
}
