/** Decodes many image files into one array, a few at a time. */
import { CellsmithError } from '../base/errors.ts';
import type { ImageSet } from './imageSet.ts';
import { allocatePixels } from './pixels.ts';
import { readWhole } from './readFiles.ts';
import type { DatasetHost, ImageSize, SourceFiles } from './source.ts';

export interface LabelledFile {
  readonly path: string;
  readonly label: number;
}

export interface DecodedFiles {
  /** Positions in the list of those that could not be read, ascending. */
  readonly unreadable: readonly number[];
  /** The readable ones as two sets: the first `cut`, and the rest. */
  divide(cut: number, classes: readonly string[]): readonly [ImageSet, ImageSet];
}

/** Enough to keep a few cores busy; each holds one file and one decoded image. */
const AT_ONCE = 8;
const NAMED = 5;

/** The common size of all images. @throws CellsmithError `image-size-needed` where they differ; `none-readable` */
export async function fileImageSize(
  files: SourceFiles,
  list: readonly LabelledFile[],
  { decoder, onProgress }: Pick<DatasetHost, 'decoder' | 'onProgress'>,
): Promise<ImageSize> {
  const sizes = new Array<ImageSize | undefined>(list.length);
  const tick = counter('sizes of images', list.length, onProgress);
  await forEachFile(files, list, async (bytes, i) => {
    // A broken file has no size; decoding it will tell.
    sizes[i] = await decoder.size(bytes).catch(() => undefined);
    tick();
  });
  let first: { size: ImageSize; path: string } | undefined;
  for (const [i, { path }] of list.entries()) {
    const size = sizes[i];
    if (size === undefined) continue;
    first ??= { size, path };
    if (size.width !== first.size.width || size.height !== first.size.height) {
      throw new CellsmithError(
        'image-size-needed',
        `Images differ in size: ${first.path} is ${text(first.size)}, ${path} is ${text(size)}.`,
        'Set an image size; all images are then scaled and cropped to it.',
      );
    }
  }
  if (first === undefined) throw noneReadable(list);
  return first.size;
}

/** @throws CellsmithError `none-readable`; `unreadable-images` where some are not, unless `skipUnreadable` */
export async function decodeFiles(
  files: SourceFiles,
  list: readonly LabelledFile[],
  size: ImageSize,
  { skipUnreadable }: { readonly skipUnreadable: boolean },
  { decoder, onProgress }: Pick<DatasetHost, 'decoder' | 'onProgress'>,
): Promise<DecodedFiles> {
  const imageBytes = size.width * size.height * 3;
  const pixels = allocatePixels(list.length, [size.height, size.width, 3]);
  const failed = new Set<number>();
  const tick = counter('images', list.length, onProgress);
  await forEachFile(files, list, async (bytes, i) => {
    const image = await decoder.decode(bytes, size).catch(() => undefined);
    if (image === undefined || image.length !== imageBytes) failed.add(i);
    else pixels.set(image, i * imageBytes);
    tick();
  });
  if (failed.size === list.length && list.length > 0) throw noneReadable(list);
  const unreadable = [...failed].sort((a, b) => a - b);
  if (unreadable.length > 0 && !skipUnreadable) {
    throw unreadableImages(
      unreadable.map((i) => list[i].path),
      list.length,
    );
  }
  const kept = list.map((_, i) => i).filter((i) => !failed.has(i));
  for (const [to, from] of kept.entries()) {
    if (to !== from) pixels.copyWithin(to * imageBytes, from * imageBytes, (from + 1) * imageBytes);
  }
  const labels = Uint16Array.from(kept, (i) => list[i].label);
  const part = (begin: number, end: number, classes: readonly string[]): ImageSet => ({
    shape: [size.height, size.width, 3],
    count: end - begin,
    pixels: pixels.subarray(begin * imageBytes, end * imageBytes),
    labels: labels.subarray(begin, end),
    classes,
  });
  return {
    unreadable,
    divide: (cut, classes) => [part(0, cut, classes), part(cut, kept.length, classes)],
  };
}

/** Tells how many are done, beginning with none; one more at each call of what it returns. */
function counter(what: string, total: number, onProgress: DatasetHost['onProgress']): () => void {
  let done = 0;
  onProgress?.(what, done, total);
  return () => onProgress?.(what, ++done, total);
}

/** Reads all files, `AT_ONCE` at a time; after a failure no further ones are begun. */
async function forEachFile(
  files: SourceFiles,
  list: readonly LabelledFile[],
  visit: (bytes: Uint8Array, i: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    try {
      for (let i = next++; i < list.length; i = next++) await visit(await readWhole(files, list[i].path), i);
    } finally {
      next = list.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function unreadableImages(paths: readonly string[], total: number): CellsmithError {
  return new CellsmithError(
    'unreadable-images',
    `${count(paths.length)} of ${count(total)} images cannot be read: ${names(paths)}.`,
    'Replace or delete these files, or choose to skip unreadable ones.',
  );
}

/** Nothing would be left by skipping them. */
function noneReadable(list: readonly LabelledFile[]): CellsmithError {
  const which = list.length === 1 ? 'The one image' : `None of the ${count(list.length)} images`;
  return new CellsmithError(
    'none-readable',
    `${which} can${list.length === 1 ? 'not' : ''} be read: ${names(list.map(({ path }) => path))}.`,
    'The files are damaged, or are no images in spite of their names. Copy them again, or choose another folder.',
  );
}

function names(paths: readonly string[]): string {
  const more = paths.length > NAMED ? ` and ${count(paths.length - NAMED)} more` : '';
  return paths.slice(0, NAMED).join(', ') + more;
}

function count(n: number): string {
  return n.toLocaleString('en');
}

function text({ width, height }: ImageSize): string {
  return `${width}×${height}`;
}
