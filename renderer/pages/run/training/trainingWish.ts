/** A training that is being put together: what it changes in the experiment, which phases it takes, what keeps it from starting. */
import { z } from 'zod';
import type { Catalog } from '../../../../core/protocol/catalog.ts';
import type { CheckedConfig, ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import { training as texts } from '../../../texts/training.ts';
import type { Schema } from '../../../ui/schemaFields.ts';
import { schemaAt } from '../../../ui/schemaFields.ts';
import type { RunStatus } from '../frame/runStatus.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface TrainingWish {
  readonly recipe: { readonly id: string; readonly config: Settings };
  /** Of the part `retrain` of the experiment, without the recipe; missing ones have their defaults. */
  readonly settings: Settings;
  readonly baseline: boolean;
  readonly measure: boolean;
  readonly exportAfter: boolean;
}

const KeptSettings = z.record(z.string(), z.unknown());
const KeptWish = z.object({
  recipe: z.object({ id: z.string(), config: KeptSettings }),
  settings: KeptSettings,
  baseline: z.boolean(),
  measure: z.boolean(),
  exportAfter: z.boolean(),
});

/** One that was kept while the window was reloaded. */
export function readTrainingWish(kept: unknown): TrainingWish | undefined {
  return KeptWish.safeParse(kept).data;
}

/** As the experiment has it. What is by default what it is counts as not set, so that forms show what was changed. */
export function wishOf(
  config: RunConfig,
  planned: readonly Phase[],
  view: RunView,
  catalog?: Catalog,
): TrainingWish {
  const { recipe, ...settings } = config.retrain;
  const schema = catalog?.recipes.find(({ id }) => id === recipe.id)?.settings;
  return {
    recipe: { id: recipe.id, config: withoutDefaults(recipe.config, schema) },
    settings: withoutDefaults(settings, schemaAt(catalog?.runConfig, 'retrain')),
    baseline: planned.includes('baseline') || view.retrained.some(({ label }) => label === 'random'),
    measure: true,
    exportAfter: planned.includes('export') && config.exports.length > 0,
  };
}

function withoutDefaults(settings: Settings, schema: Schema | undefined): Settings {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => schemaAt(schema, name)?.default !== value),
  );
}

/** The experiment with the training that is wished. */
export function configWith(config: RunConfig, wish: TrainingWish): Record<string, unknown> {
  return {
    ...config,
    retrain: { ...wish.settings, recipe: { id: wish.recipe.id, config: { ...wish.recipe.config } } },
  };
}

export function phasesOf({ baseline, measure, exportAfter }: TrainingWish): readonly Phase[] {
  return [
    'retrain',
    ...(baseline ? (['baseline'] as const) : []),
    ...(measure ? (['evaluate'] as const) : []),
    ...(exportAfter ? (['export'] as const) : []),
  ];
}

export function hasGenotype({ derived }: RunView, which: 'found' | 'random'): boolean {
  return derived.some(({ strategy }) => (strategy === 'baseline') === (which === 'random'));
}

/** @returns undefined where it can be started */
export function whyNot(
  status: RunStatus,
  view: RunView,
  checked: CheckedConfig | undefined,
): string | undefined {
  const { why } = texts;
  switch (status.kind) {
    case 'starting':
    case 'working':
    case 'restarting':
      return why.atWork;
    case 'elsewhere':
      return why.elsewhere;
    default:
  }
  if (!hasGenotype(view, 'found')) return why.noGenotype;
  if (checked === undefined) return why.checking;
  return checked.ok ? undefined : why.issues(checked.issues.length);
}

export function issuesOf(checked: CheckedConfig | undefined): readonly ConfigIssue[] {
  return checked === undefined || checked.ok ? [] : checked.issues;
}
