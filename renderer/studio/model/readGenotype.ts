/** A genotype from text: what DARTS prints, or JSON; what is wrong with it, and where. */
import { z } from 'zod';
import { CellsmithError } from '../../../core/base/errors.ts';
import { mistakeText } from '../../../core/base/mistakes.ts';
import { jsonErrorPlace } from '../../../core/config/jsonPlace.ts';
import { Genotype } from '../../../core/searchSpace/genotype.ts';
import { parseGenotype } from '../../../core/searchSpace/genotypeText.ts';
import { studioDialogs } from '../../texts/studioDialogs.ts';

const words = studioDialogs.load;

/** Longer than any genotype; a picture or a journal dropped by mistake is not searched through. */
export const LONGEST_TEXT = 100_000;

/** @throws CellsmithError `genotype-text`, `genotype-json` or `genotype-too-long` */
export function readGenotype(text: string): Genotype {
  if (text.length > LONGEST_TEXT)
    throw new CellsmithError('genotype-too-long', words.tooLong(text.length), words.tooLongHint);
  return text.trimStart().startsWith('{') ? readJson(text) : parseGenotype(text);
}

function readJson(text: string): Genotype {
  const place = jsonErrorPlace(text);
  if (place !== undefined) throw jsonError(words.notJson(place.line, place.column));
  const value: unknown = JSON.parse(text);
  // An experiment file carries it in a field.
  const inside = z.object({ genotype: z.unknown() }).safeParse(value);
  const read = Genotype.safeParse(
    inside.success && inside.data.genotype !== undefined ? inside.data.genotype : value,
    { error: mistakeText },
  );
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0];
  throw jsonError(path.length === 0 ? message : `${path.join('.')}: ${message}`);
}

function jsonError(problem: string): CellsmithError {
  return new CellsmithError('genotype-json', words.noGenotype(problem), words.noGenotypeHint);
}
