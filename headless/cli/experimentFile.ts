/** The experiment file: a run configuration as JSON, as people write it and as a run folder records it; or such a folder. */
import { readFile } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { parseExperiment } from '../../core/config/experimentText.ts';
import type { Tree } from '../../core/config/tree.ts';
import { isRunFile } from '../../core/runs/runPath.ts';
import { isFolder } from './genotypeOption.ts';
import { lastConfig } from './lastConfig.ts';

/** Whether a path after --config stands for a run: its folder, or the file in it. */
export async function isRun(path: string): Promise<boolean> {
  return isRunFile(path) || isFolder(path);
}

/** Not checked against the schema yet. @throws CellsmithError `not-found`, `bad-json`, `bad-config`, `newer-format`; of a folder `not-a-run` */
export async function readExperimentFile(path: string): Promise<Tree> {
  if (await isFolder(path)) return lastConfig(path);
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
  return parseExperiment(text, path);
}
