/** A genotype as given on the command line: a published name, text, JSON, a file with either, or a run: its folder or its run.json. */
import { readFile, stat } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { folderOfRun, isRunFile } from '../../core/runs/runPath.ts';
import { Genotype } from '../../core/searchSpace/genotype.ts';
import { parseGenotype } from '../../core/searchSpace/genotypeText.ts';
import { genotypes } from '../../core/searchSpace/library.ts';
import { parseInput, parseJsonText } from '../../core/config/parseInput.ts';

/** @throws CellsmithError `bad-genotype`, `bad-json`; of a run's folder `no-genotype` and what reading a run throws */
export async function readGenotype(given: string): Promise<Genotype> {
  if (genotypes.has(given)) return genotypes.get(given).genotype;
  if (looksWritten(given)) return parse(given, '--genotype');
  // Whoever names the run.json of a run means the run.
  if (isRunFile(given) || (await isFolder(given))) return genotypeOfRun(folderOfRun(given));
  let text: string;
  try {
    text = await readFile(given, 'utf8');
  } catch {
    throw new CellsmithError(
      'bad-genotype',
      `'${given}' is neither a published genotype nor a file or folder.`,
      `Give a file, the folder of a run, a text such as Genotype(normal=[…], …), or one of: ${genotypes.all.map(({ id }) => id).join(', ')}.`,
    );
  }
  return parse(text, given);
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What it has found, or was given. */
async function genotypeOfRun(folder: string): Promise<Genotype> {
  // What counts a network alone needs nothing of this.
  const { runEvents } = await import('./lastConfig.ts');
  const { derivedGenotype } = await import('../../core/engine/run.ts');
  return derivedGenotype(await runEvents(folder), 'found').genotype;
}

const looksWritten = (text: string): boolean => /^\s*(\{|Genotype\s*\()/.test(text);

function parse(text: string, where: string): Genotype {
  if (!/^\s*\{/.test(text)) return parseGenotypeOf(text, where);
  const raw = parseJsonText(text, where);
  // An exported genotype file names its parts; the genotype itself may stand inside.
  const inner = typeof raw === 'object' && raw !== null && 'genotype' in raw ? raw.genotype : raw;
  return parseInput(Genotype, inner, `${where}: `);
}

/** @throws CellsmithError `genotype-text`, with the file that it is about */
function parseGenotypeOf(text: string, where: string): Genotype {
  try {
    return parseGenotype(text);
  } catch (error) {
    if (!(error instanceof CellsmithError)) throw error;
    throw new CellsmithError(error.code, `${where}: ${error.message}`, error.hint);
  }
}
