/** From what was written to a whole, checked configuration. Loads the registries, and with them the tensor library. */
import type { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';
import { parseSource } from '../../core/datasets/index.ts';
import { exporters } from '../../core/exporters/index.ts';
import { RunConfig } from '../../core/runs/runConfig.ts';
import { strategies } from '../../core/strategies/index.ts';
import { recipes } from '../../core/training/recipes/index.ts';
import { loadExecutors } from '../host/executors.ts';
import type { Tree } from './configOptions.ts';
import { parseInput } from './parseInput.ts';
import { meaningOf } from './schemaOptions.ts';

/**
 * Every choice is looked up and its settings are filled in, so that the record says all of it.
 * @param before put in front of paths in messages
 * @throws CellsmithError `bad-config`, `unknown-strategy`, `unknown-recipe`, `unknown-exporter`, `unknown-executor`, `unknown-dataset`
 */
export async function completeConfig(input: Tree, before: string): Promise<RunConfig> {
  const config = parseInput(RunConfig, input, before);
  parseSource(config.data.source);
  config.exports.forEach((id) => exporters.get(id));
  (await loadExecutors()).get(config.executor);
  const { strategy } = config.search;
  const { recipe } = config.retrain;
  return {
    ...config,
    search: {
      ...config.search,
      strategy: completeChoice(strategies, strategy, `${before}search.strategy.config.`),
    },
    retrain: {
      ...config.retrain,
      recipe: completeChoice(recipes, recipe, `${before}retrain.recipe.config.`),
    },
  };
}

interface Choice {
  readonly id: string;
  readonly config: Record<string, unknown>;
}
interface Entries {
  get(id: string): { readonly id: string; readonly config: z.ZodType };
}

function completeChoice(entries: Entries, { id, config }: Choice, before: string): Choice {
  return { id, config: parseInput(entries.get(id).config, config, before) as Record<string, unknown> };
}

/**
 * Takes another entry in a choice. Settings that were chosen stay where the new entry means the same by them; what was
 * only the default of the one before does not.
 * @throws CellsmithError of the registry for an unknown id
 */
export function switchChoice(choice: unknown, id: string, entries: Entries): Choice {
  const { id: old, config = {} } = (choice ?? {}) as Partial<Choice>;
  const next = entries.get(id).config;
  if (old === undefined || old === id) return { id, config };
  const before = entries.get(old).config;
  const kept = Object.entries(config).filter(([name, value]) => {
    const [was, is] = [meaningOf(before, name), meaningOf(next, name)];
    if (was === undefined || was.meaning !== is?.meaning) return false;
    return JSON.stringify(value) !== JSON.stringify(was.standard);
  });
  return { id, config: Object.fromEntries(kept) };
}

/** @throws CellsmithError `no-data` where neither file nor options say which images */
export function requireSource(tree: Tree): void {
  const { data } = tree as { data?: { source?: unknown } };
  if (data?.source !== undefined) return;
  throw new CellsmithError(
    'no-data',
    'It is not said which images to use.',
    'Add --data shapes10, or for example --data cifar10:/data/cifar-10-batches-bin; ‘cellsmith data list’ shows what there is.',
  );
}
