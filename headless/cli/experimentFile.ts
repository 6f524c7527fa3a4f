/** The experiment file: a run configuration as JSON, as people write it and as a run folder records it. */
import { readFile } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { RUN_FORMAT } from '../../core/runs/runConfig.ts';
import type { Tree } from './configOptions.ts';
import { parseJsonText } from './parseInput.ts';

/** Not checked against the schema yet. @throws CellsmithError `not-found`, `bad-json`, `bad-config`, `newer-format` */
export async function readExperimentFile(path: string): Promise<Tree> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CellsmithError(
      'not-found',
      `The experiment file ${path} cannot be read (${why}).`,
      'Check the path after --config.',
    );
  }
  const value = parseJsonText(text.replace(/^\uFEFF/, ''), path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CellsmithError(
      'bad-config',
      `${path} holds no experiment: its outermost value is not an object.`,
      'Write { "data": { "source": "shapes10" }, … }.',
    );
  }
  const tree = value as Tree;
  if (typeof tree.format === 'number' && tree.format > RUN_FORMAT) {
    throw new CellsmithError(
      'newer-format',
      `${path} is of format ${tree.format}; this program knows formats up to ${RUN_FORMAT}.`,
      'Use a newer version of Cellsmith.',
    );
  }
  return tree;
}
