/** The genotype in a file that was chosen or dropped. */
import { CellsmithError } from '../../core/base/errors.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import type { Basis } from './model/kept.ts';
import { LONGEST_TEXT, readGenotype } from './model/readGenotype.ts';

const words = studioDialogs.load;

/** @throws CellsmithError of `readGenotype`; `genotype-too-long` before the file is read; `unreadable-file` */
export async function readGenotypeFile(file: File): Promise<Basis> {
  if (file.size > LONGEST_TEXT)
    throw new CellsmithError('genotype-too-long', words.tooLarge(file.name, file.size), words.tooLargeHint);
  let text: string;
  try {
    text = await file.text();
  } catch {
    // A folder, or a file that went away: browsers do not tell them apart.
    throw new CellsmithError('unreadable-file', words.notText(file.name), words.tooLargeHint);
  }
  return { id: `file:${crypto.randomUUID()}`, title: file.name, genotype: readGenotype(text) };
}
