/** Small steps that readers of published layouts share: look for files by name, read lists of names. */
import { damaged } from './dataErrors.ts';
import type { ImageSet } from './imageSet.ts';
import type { SourceFiles } from './source.ts';

/** Names of the files directly in the source. */
export async function fileNames(files: SourceFiles): Promise<readonly string[]> {
  return (await files.list('')).filter((entry) => entry.kind === 'file').map((entry) => entry.name);
}

/** `<root>/<name>`, for messages. */
export function fullName(files: SourceFiles, name: string): string {
  return `${files.root}/${name}`;
}

/** Hosts read no more than this at once. */
const LARGEST_FILE = 2 ** 31 - 1;

/** A whole file, after a look at its size. @throws CellsmithError `damaged-data` where it is larger than 2 GiB */
export async function readWhole(files: SourceFiles, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const size = await files.size(name);
  if (size > LARGEST_FILE) {
    throw damaged(
      fullName(files, name),
      `it has ${size} bytes, more than we read in one piece (${LARGEST_FILE})`,
    );
  }
  return files.read(name);
}

/** Non-empty lines of a text file. */
export async function readLines(files: SourceFiles, name: string): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await readWhole(files, name));
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Parts of equal shape and classes, one after the other. */
export function concatenate(parts: readonly ImageSet[]): ImageSet {
  if (parts.length === 1) return parts[0];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const [height, width, channels] = parts[0].shape;
  const imageBytes = height * width * channels;
  const pixels = new Uint8Array(count * imageBytes);
  const labels = new Uint16Array(count);
  let at = 0;
  for (const part of parts) {
    pixels.set(part.pixels, at * imageBytes);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { ...parts[0], count, pixels, labels };
}
