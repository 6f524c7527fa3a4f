/** Errors about data that several readers raise in the same words. */
import { CellsmithError } from '../base/errors.ts';
import type { SourceFiles } from './source.ts';

/** A file is not what its name or place promises. @param what completes "<file> cannot be used: …" */
export function damaged(file: string, what: string): CellsmithError {
  return new CellsmithError(
    'damaged-data',
    `${file} cannot be used: ${what}.`,
    'The file is cut short, damaged or of another kind. Download or copy it again.',
  );
}

/** Where a source was looked for: in a folder, or in a file that is all there is. */
export function placeOf({ root, file }: SourceFiles): string {
  return file === undefined ? root : `${root}/${file}, the single file that is given`;
}

/** A file of a published layout is not there. */
export function missing(root: string, wanted: string, hint: string): CellsmithError {
  return new CellsmithError('data-not-found', `There is no ${wanted} in ${root}.`, hint);
}

/** Text from a file or a person, short enough for a message. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
