/** Under which attack accuracies of mini-batches were measured: without it they would mean nothing. */
import type { Catalog } from '../../../../core/protocol/catalog.ts';
import { over255 } from '../../../../core/report/format.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { watch } from '../../../texts/watch.ts';

type Settings = Readonly<Record<string, unknown>>;

/** What the search trains and measures against, one line for each adversary; `undefined` where there is none. */
export function searchAttackNote(config: RunConfig, catalog: Catalog | undefined): string | undefined {
  const { strategy, batchSize } = config.search;
  const schema = catalog?.strategies.find(({ id }) => id === strategy.id)?.settings;
  const adversary = setting(strategy.config, schema, 'adversary');
  const training =
    typeof adversary === 'string' && adversary !== 'none'
      ? note(watch.adversaries[adversary] ?? adversary, strategy.config, schema, batchSize)
      : undefined;
  const objective = objectivesOf(strategy.config).find(({ id }) => id.startsWith('adversarial'));
  const measuring =
    objective === undefined
      ? undefined
      : note(
          watch.objectiveAttack,
          objective.config,
          catalog?.objectives.find(({ id }) => id === objective.id)?.settings,
          batchSize,
        );
  const notes = [...new Set([training, measuring].filter((one) => one !== undefined))];
  return notes.length === 0 ? undefined : notes.join(' ');
}

function note(
  name: string,
  settings: Settings,
  schema: Settings | undefined,
  batch: number,
): string | undefined {
  const epsilon = setting(settings, schema, 'epsilon');
  const stepSize = setting(settings, schema, 'stepSize');
  if (typeof epsilon !== 'number' || typeof stepSize !== 'number') return undefined;
  return watch.attackNote(name, over255(epsilon), over255(epsilon * stepSize), batch);
}

/** As it was set, or by default. */
function setting(settings: Settings, schema: Settings | undefined, name: string): unknown {
  if (settings[name] !== undefined) return settings[name];
  const properties = schema?.properties as Readonly<Record<string, Settings>> | undefined;
  return properties?.[name]?.default;
}

function objectivesOf(settings: Settings): readonly { readonly id: string; readonly config: Settings }[] {
  const { objectives } = settings;
  if (!Array.isArray(objectives)) return [];
  return objectives.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('id' in one) || typeof one.id !== 'string') return [];
    const config = 'config' in one && typeof one.config === 'object' ? (one.config ?? {}) : {};
    return [{ id: one.id, config: config as Settings }];
  });
}
