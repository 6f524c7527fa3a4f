/** From what was written to a whole configuration, checked against the lists of what there is. */
import { parseInput } from '../config/parseInput.ts';
import type { Choice, Choices } from '../config/switchChoice.ts';
import type { Tree } from '../config/tree.ts';
import { parseSource } from '../datasets/index.ts';
import { exporters } from '../exporters/index.ts';
import { RunConfig } from '../runs/runConfig.ts';
import { strategies } from '../strategies/index.ts';
import { recipes } from '../training/recipes/index.ts';

/** The executors there are: the part of their list that is asked here. */
export interface KnownExecutors {
  get(id: string): unknown;
}

/**
 * Every choice is looked up and its settings are filled in, so that the record says all of it. The first mistake ends
 * it; `checkConfig` finds all of them.
 * @param before put in front of paths in messages
 * @throws CellsmithError `bad-config`, `unknown-strategy`, `unknown-recipe`, `unknown-exporter`, `unknown-executor`, `unknown-dataset`
 */
export function completeConfig(input: Tree, before: string, executors: KnownExecutors): RunConfig {
  const config = parseInput(RunConfig, input, before);
  parseSource(config.data.source);
  config.exports.forEach((id) => exporters.get(id));
  executors.get(config.executor);
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

function completeChoice(entries: Choices, { id, config }: Choice, before: string): Choice {
  return { id, config: parseInput(entries.get(id).config, config, before) as Record<string, unknown> };
}
