/** Everything that is wrong with an experiment, by field, as far as it can be told without reading the images. */
import type { FieldPath, Findings } from '../config/findings.ts';
import { createFindings } from '../config/findings.ts';
import { parseLeniently } from '../config/parseLeniently.ts';
import type { Choice, Choices } from '../config/switchChoice.ts';
import type { Tree } from '../config/tree.ts';
import { datasetSources, parseSource } from '../datasets/index.ts';
import type { KnownImage } from '../datasets/source.ts';
import { checkShares } from '../datasets/splits.ts';
import { exporters } from '../exporters/index.ts';
import type { CheckedConfig } from '../protocol/libraryApi.ts';
import { RunConfig } from '../runs/runConfig.ts';
import { strategies } from '../strategies/index.ts';
import { recipes } from '../training/recipes/index.ts';
import type { KnownExecutors } from './completeConfig.ts';
import { findMisfits } from './misfits.ts';

/**
 * Finds what a run would refuse before its first step. Where a field is wrong, checks that need its value are left out;
 * all others are made.
 * @param image of the data at their own size, where somebody has looked at them
 */
export function checkConfig(input: Tree, executors: KnownExecutors, image?: KnownImage): CheckedConfig {
  const findings = createFindings();
  const config = parseLeniently(RunConfig, input, findings);
  if (config === undefined) return refused(findings);
  const { data, exports, executor, search, retrain } = config;
  const sourceFound = findings.check(['data', 'source'], [], () => checkSource(data.source));
  findings.check(['data', 'alphasShare'], [['data', 'weightsShare']], () => checkShares(data));
  exports.forEach((id, i) => findings.check(['exports', String(i)], [], () => exporters.get(id)));
  findings.check(['executor'], [], () => executors.get(executor));
  const complete: RunConfig = {
    ...config,
    search: {
      ...search,
      strategy: completeChoice(strategies, search.strategy, ['search', 'strategy'], findings),
    },
    retrain: {
      ...retrain,
      recipe: completeChoice(recipes, retrain.recipe, ['retrain', 'recipe'], findings),
    },
  };
  const known = sourceFound ? datasetSources.get(parseSource(data.source).id).image : undefined;
  findMisfits(complete, image ?? known, findings);
  return findings.all.length === 0 ? { ok: true, config: complete } : refused(findings);
}

function refused({ all }: Findings): CheckedConfig {
  return { ok: false, issues: all.map((finding) => ({ ...finding, path: [...finding.path] })) };
}

function checkSource(source: string): void {
  const { id, path } = parseSource(source);
  if (path !== undefined) datasetSources.get(id).checkPath?.(path);
}

/** The choice with all its settings, as far as they are right. */
function completeChoice(
  entries: Choices,
  { id, config }: Choice,
  path: FieldPath,
  findings: Findings,
): Choice {
  if (!findings.check([...path, 'id'], [], () => entries.get(id))) return { id, config };
  const own = createFindings();
  const parsed = parseLeniently(entries.get(id).config, config, own);
  for (const finding of own.all) findings.add({ ...finding, path: [...path, 'config', ...finding.path] });
  return { id, config: (parsed ?? config) as Record<string, unknown> };
}
