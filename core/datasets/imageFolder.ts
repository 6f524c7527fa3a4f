/** A data set of image files: a folder per class, or train/ and test/ (or val/) with a folder per class in each. */
import { CellsmithError } from '../base/errors.ts';
import { missing, placeOf } from './dataErrors.ts';
import type { LabelledFile } from './decodeFiles.ts';
import { decodeFiles, fileImageSize } from './decodeFiles.ts';
import type { Dataset } from './imageSet.ts';
import type { DatasetSource, ImageSize, OpenRequest, SourceFiles } from './source.ts';
import { stratifiedSample } from './stratify.ts';

const IMAGE = /\.(png|jpe?g|webp)$/i;
const TRAIN = ['train', 'training'];
const TEST = ['test', 'testing', 'val', 'valid', 'validation'];
const DEEPEST = 4;
const HINT = 'Put the images of each class (PNG, JPEG or WebP) into a folder named after the class.';

export const folder: DatasetSource = {
  id: 'folder',
  title: 'Folders of images',
  path: { needed: true, description: 'a folder per class; optionally inside train and test (or val)' },
  open: openFolder,
};

interface Part {
  readonly classes: readonly string[];
  readonly images: readonly LabelledFile[];
}

async function openFolder({ path = '', config, rng, host }: OpenRequest): Promise<Dataset> {
  const files = host.files(path);
  const { trainFolder, testFolder } = await findParts(files);
  const train = await listPart(files, trainFolder);
  const test = testFolder === undefined ? undefined : await listPart(files, testFolder, train.classes);
  const trainFiles = sample(train, config.limit, 'training', rng);
  const testFiles = test === undefined ? [] : sample(test, config.testLimit, 'test', rng);
  const all = [...trainFiles, ...testFiles];
  const size: ImageSize =
    config.imageSize === undefined
      ? await fileImageSize(files, all, host)
      : { width: config.imageSize, height: config.imageSize };
  const decoded = await decodeFiles(files, all, size, config, host);
  const cut = trainFiles.length - decoded.unreadable.filter((i) => i < trainFiles.length).length;
  const [trainSet, testSet] = decoded.divide(cut, train.classes);
  return {
    id: 'folder',
    title: files.root,
    train: trainSet,
    ...(test === undefined ? {} : { test: testSet }),
    unreadable: decoded.unreadable.map((i) => all[i].path),
  };
}

async function findParts(files: SourceFiles): Promise<{ trainFolder: string; testFolder?: string }> {
  const folders = await foldersIn(files, '');
  const find = (names: readonly string[]): string | undefined =>
    folders.find((folderName) => names.includes(folderName.toLowerCase()));
  const trainFolder = find(TRAIN);
  // A class may be called train, too; then there are images in it, not folders.
  if (trainFolder === undefined || (await foldersIn(files, trainFolder)).length === 0)
    return { trainFolder: '' };
  const testFolder = find(TEST);
  return testFolder === undefined ? { trainFolder } : { trainFolder, testFolder };
}

async function listPart(files: SourceFiles, part: string, known?: readonly string[]): Promise<Part> {
  const classes = await foldersIn(files, part);
  const place = part === '' ? placeOf(files) : join(files.root, part);
  if (classes.length === 0) throw missing(place, 'folder of a class', HINT);
  const unknown = known && classes.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CellsmithError(
      'class-unknown',
      `${place} has a class '${unknown}' that the training part lacks.`,
      'Name the folders alike in both parts.',
    );
  }
  const images: LabelledFile[] = [];
  const order = known ?? classes;
  for (const [label, name] of order.entries()) {
    const inside = classes.includes(name) ? await imagesIn(files, join(part, name)) : [];
    if (inside.length === 0) throw emptyClass(name, place);
    for (const file of inside) images.push({ path: file, label });
  }
  return { classes: order, images };
}

function emptyClass(name: string, place: string): CellsmithError {
  return new CellsmithError(
    'empty-class',
    `Class '${name}' has no image in ${place}.`,
    'Add PNG, JPEG or WebP files to its folder, or remove the folder from all parts.',
  );
}

async function foldersIn(files: SourceFiles, path: string): Promise<readonly string[]> {
  return (await files.list(path)).filter((entry) => entry.kind === 'folder').map((entry) => entry.name);
}

/** Image files of a folder and of the folders in it. */
async function imagesIn(files: SourceFiles, path: string, depth = 0): Promise<readonly string[]> {
  // Also where a link leads back to a folder above it.
  if (depth > DEEPEST) {
    throw new CellsmithError(
      'too-deep',
      `${join(files.root, path)} lies more than ${DEEPEST} folders below its class.`,
      'Put the images into the folder of their class, and remove links that lead back.',
    );
  }
  const found: string[] = [];
  for (const { name, kind } of await files.list(path)) {
    if (kind === 'folder') {
      // One by one: as arguments of one call, a hundred thousand are too many.
      for (const file of await imagesIn(files, join(path, name), depth + 1)) found.push(file);
    } else if (IMAGE.test(name)) found.push(join(path, name));
  }
  return found;
}

function sample(
  { images, classes }: Part,
  limit: number | undefined,
  part: 'training' | 'test',
  rng: OpenRequest['rng'],
): readonly LabelledFile[] {
  if (limit === undefined || limit >= images.length) return images;
  checkLimit(limit, classes.length, part);
  const labels = images.map((image) => image.label);
  return Array.from(stratifiedSample(labels, classes.length, limit, rng), (i) => images[i]);
}

/** @throws CellsmithError `limit-too-small`, `test-limit-too-small` where some class would get no image */
export function checkLimit(limit: number, classes: number, part: 'training' | 'test'): void {
  if (limit >= classes) return;
  const what = `${limit} ${part} images cannot hold one of each of the ${classes} classes.`;
  const hint = `Use at least ${classes}, better many times as many.`;
  if (part === 'test') throw new CellsmithError('test-limit-too-small', what, hint);
  throw new CellsmithError('limit-too-small', what, hint);
}

function join(folderPath: string, name: string): string {
  return folderPath === '' ? name : name === '' ? folderPath : `${folderPath}/${name}`;
}
