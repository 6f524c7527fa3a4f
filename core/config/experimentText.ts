/** The text of an experiment file, or of a run's own, as a configuration, not checked against the schema yet. Tensor-free. */
import { CellsmithError } from '../base/errors.ts';
import { RUN_FORMAT } from '../runs/runConfig.ts';
import { parseJsonText } from './parseInput.ts';
import type { Tree } from './tree.ts';
import { isTree } from './tree.ts';

/** @param where the text stands, for messages @throws CellsmithError `bad-json`, `bad-config`, `newer-format` */
export function parseExperiment(text: string, where: string): Tree {
  const value = parseJsonText(text.replace(/^\uFEFF/, ''), where);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CellsmithError(
      'bad-config',
      `${where} holds no experiment: its outermost value is not an object.`,
      'Write { "data": { "source": "shapes10" }, … }.',
    );
  }
  const tree = value as Tree;
  const { config } = tree;
  if (typeof tree.format === 'number' && tree.format > RUN_FORMAT) {
    throw new CellsmithError(
      'newer-format',
      `${where} is of format ${tree.format}; this program knows formats up to ${RUN_FORMAT}.`,
      'Use a newer version of Cellsmith.',
    );
  }
  // The file of a run says under which conditions, too.
  return isTree(config) && 'versions' in tree ? config : tree;
}
