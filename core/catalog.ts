/** Everything that can be chosen, from the registries, as the plain data that windows draw their forms from. */
import { z } from 'zod';
import { attacks } from './attacks/index.ts';
import { balancers } from './balancing/index.ts';
import type { Registry } from './base/registry.ts';
import type { ExecutorEntry } from './compute/executor.ts';
import { datasetSources } from './datasets/index.ts';
import { presets } from './engine/presets.ts';
import { exporters } from './exporters/index.ts';
import { objectives } from './objectives/index.ts';
import type {
  Catalog,
  CatalogDataset,
  CatalogEntry,
  CatalogPreset,
  SettingsSchema,
} from './protocol/catalog.ts';
import { AttackConfig, RunConfig } from './runs/runConfig.ts';
import { strategies } from './strategies/index.ts';
import { recipes } from './training/recipes/index.ts';

/** A data set that can be downloaded; the host knows where from. */
export interface Published {
  /** Of the data set source that reads it. */
  readonly id: string;
  readonly homepage: string;
  readonly files: readonly { readonly bytes: number }[];
}

/** @param published what can be downloaded here */
export function catalog(executors: Registry<ExecutorEntry>, published: readonly Published[] = []): Catalog {
  return {
    strategies: strategies.all.map((strategy) => entry(strategy, settingsSchema(strategy.config))),
    objectives: objectives.all.map((objective) => entry(objective, settingsSchema(objective.config))),
    attacks: attacks.all.map((attack) => entry(attack, settingsSchema(AttackConfig))),
    recipes: recipes.all.map((recipe) => entry(recipe, settingsSchema(recipe.config))),
    balancers: balancers.all.map((balancer) => entry(balancer)),
    exporters: exporters.all.map((exporter) => entry(exporter)),
    executors: executors.all.map((executor) => ({
      ...entry(executor),
      takesThreads: executor.threads !== undefined,
    })),
    datasets: datasetSources.all.map((source) => dataset(source, published)),
    presets: presets.all.map(preset),
    runConfig: settingsSchema(RunConfig),
  };
}

/** The settings as people write them: what has a default may be left out. */
function settingsSchema(schema: z.ZodType): SettingsSchema {
  return plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}

interface Described {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly source?: string;
}

function entry({ id, title, description, source }: Described, settings: SettingsSchema = {}): CatalogEntry {
  return {
    id,
    title,
    ...(description === undefined ? {} : { description }),
    ...(source === undefined ? {} : { source }),
    settings,
  };
}

function dataset(
  { id, title, path }: Pick<CatalogDataset, 'id' | 'title' | 'path'>,
  published: readonly Published[],
): CatalogDataset {
  const set = published.find((one) => one.id === id);
  if (set === undefined) return { id, title, path: { ...path } };
  const bytes = set.files.reduce((sum, file) => sum + file.bytes, 0);
  return { id, title, path: { ...path }, download: { bytes, homepage: set.homepage } };
}

function preset(one: (typeof presets.all)[number]): CatalogPreset {
  const { id, title, description, config, phases, dataset: about } = one;
  const known = { id, title, description, config: plain(config), phases: [...phases] };
  return about === undefined ? known : { ...known, dataset: about };
}

/** A copy of what JSON keeps; nothing of a schema's own objects is handed out. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}
