/** The parts of the dialog that starts a training: the recipe's settings, what is wrong, what will happen. */
import type { CheckedConfig } from '../../core/protocol/libraryApi.ts';
import { attackName, count, normName, radius } from '../../core/report/format.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { useCatalog } from '../store/catalog.ts';
import type { Tree } from '../store/tree.ts';
import { isTree, valueAt } from '../store/tree.ts';
import { common } from '../texts/common.ts';
import { withIsolatedNames } from '../texts/isolated.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Select } from '../ui/controls.tsx';
import { Facts, Note, Waiting } from '../ui/feedback.tsx';
import { Field } from '../ui/Field.tsx';
import { SchemaForm } from '../ui/SchemaForm.tsx';
import { schemaAt } from '../ui/schemaFields.ts';

const words = studioDialogs.retrain;

export function Training({
  config,
  verdict,
  onChange,
}: {
  readonly config: Tree;
  readonly verdict: CheckedConfig | undefined;
  readonly onChange: (path: readonly string[], value: unknown) => void;
}) {
  const catalog = useCatalog((state) => state.catalog);
  const issues = verdict?.ok === false ? verdict.issues : [];
  const recipeId = String(valueAt(config, ['retrain', 'recipe', 'id']) ?? 'standard');
  const recipe = catalog?.recipes.find(({ id }) => id === recipeId);
  const settingsAt = (...path: readonly string[]): Tree => {
    const value = valueAt(config, path);
    return isTree(value) ? value : {};
  };
  const training = schemaAt(catalog?.runConfig, 'retrain');
  if (catalog === undefined || training === undefined) return <Waiting label={common.loading} />;
  return (
    <div className="stack">
      <Field label={words.recipe} hint={recipe?.description}>
        {(control) => (
          <Select
            {...control}
            value={recipeId}
            options={catalog.recipes.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(id) => onChange(['retrain', 'recipe'], { id, config: {} })}
          />
        )}
      </Field>
      {recipe !== undefined && (
        <SchemaForm
          schema={recipe.settings}
          settings={settingsAt('retrain', 'recipe', 'config')}
          onChange={(key, value) => onChange(['retrain', 'recipe', 'config', key], value)}
          path={['retrain', 'recipe', 'config']}
          issues={issues}
          simple={['epsilon']}
        />
      )}
      <SchemaForm
        schema={training}
        settings={settingsAt('retrain')}
        onChange={(key, value) => onChange(['retrain', key], value)}
        path={['retrain']}
        issues={issues}
        simple={['epochs', 'batchSize', 'learningRate']}
        except={['recipe']}
      />
    </div>
  );
}

/** Those that no field of the dialog shows. */
export function Mistakes({ verdict }: { readonly verdict: Extract<CheckedConfig, { ok: false }> }) {
  const others = verdict.issues.filter(({ path }) => path[0] !== 'retrain' || path.length < 2);
  if (others.length === 0) return undefined;
  return (
    <Note tone="bad" title={words.mistakes}>
      <ul className="stack tight">
        {others.map(({ path, message, hint }) => (
          <li key={`${path.join('.')} ${message}`}>{withIsolatedNames(`${message} ${hint}`)}</li>
        ))}
      </ul>
    </Note>
  );
}

export function Summary({ config: { data, network, evaluate } }: { readonly config: RunConfig }) {
  const attacks = evaluate.map(
    ({ attack, steps, norm, epsilon, limit }) =>
      `${attackName({ attack, steps })}, ${normName(norm)}, ε = ${radius(epsilon, norm)}${limit === undefined ? '' : `, ${words.images(count(limit))}`}`,
  );
  return (
    <Facts
      items={[
        [words.data, data.source],
        [words.network, words.stack(network.cells, network.channels)],
        [words.attacks, attacks.length === 0 ? words.noAttacks : attacks.join('; ')],
      ]}
    />
  );
}
