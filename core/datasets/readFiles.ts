/** Small steps that readers of published layouts share: look for files by name, read lists of names. */
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

/** Non-empty lines of a text file. */
export async function readLines(files: SourceFiles, name: string): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await files.read(name));
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
