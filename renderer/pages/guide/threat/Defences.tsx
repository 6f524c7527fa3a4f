/** Whom search and retraining defend against, on one axis with what is measured, so that mismatches are seen. */
import { useMemo } from 'react';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft } from '../../../store/draft.ts';
import { fieldAnchor, issueAt, issuesBelow } from '../../../store/guideIssues.ts';
import type { Tree } from '../../../store/tree.ts';
import { over255 } from '../../../../core/report/format.ts';
import { threat as words } from '../../../texts/threat.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Choices } from '../../../ui/controls.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { fieldsOf, schemaAt } from '../../../ui/schemaFields.ts';
import { readObjectives } from '../budget/objectiveList.ts';
import { idleSettings, inForce, simpleSettings } from '../strategy/settingsView.ts';
import type { EntryChoice } from '../strategy/useEntry.ts';
import { RECIPE_PATH, useRecipe, useStrategy } from '../strategy/useEntry.ts';
import { wholeAttack } from './attacks.ts';
import { EpsilonScale } from './EpsilonScale.tsx';
import type { Mismatch, Radii } from './mismatch.ts';
import { mismatches } from './mismatch.ts';

/** Settings of a strategy that make its adversary. */
const ADVERSARY = ['adversary', 'epsilon', 'stepSize', 'freeReplays', 'cleanWeight'];

export function DefencesCard({ attacks }: { readonly attacks: readonly Tree[] }) {
  const strategy = useStrategy();
  const recipe = useRecipe();
  const objective = useObjectiveRadius(strategy);
  const measured = useMemo(() => attacks.flatMap((attack) => wholeAttack(attack) ?? []), [attacks]);
  const radii: Radii = { search: searchRadius(strategy), training: radiusOf(recipe), measured };
  return (
    <Card title={words.together} about={words.togetherAbout} className="wide">
      <div className="stack">
        <EpsilonScale radii={radii} objective={objective} recipe={recipe.entry?.title} />
        <MismatchNotes found={mismatches(radii)} recipe={recipe} isMeasured={measured.length > 0} />
        <div className="defences">
          <SearchAdversary strategy={strategy} />
          <TrainingAdversary recipe={recipe} />
        </div>
      </div>
    </Card>
  );
}

function radiusOf({ entry, config }: EntryChoice): number | undefined {
  const epsilon = entry === undefined ? undefined : inForce(entry.settings, config, 'epsilon');
  return typeof epsilon === 'number' && epsilon > 0 ? epsilon : undefined;
}

function searchRadius(strategy: EntryChoice): number | undefined {
  const { entry, config } = strategy;
  if (entry === undefined || schemaAt(entry.settings, 'adversary') === undefined) return undefined;
  return inForce(entry.settings, config, 'adversary') === 'none' ? undefined : radiusOf(strategy);
}

/** Of an objective that attacks images too. */
function useObjectiveRadius({ entry, config }: EntryChoice): number | undefined {
  const entries = useCatalog((state) => state.catalog?.objectives) ?? [];
  if (entry === undefined) return undefined;
  const chosen = readObjectives(config.objectives ?? schemaAt(entry.settings, 'objectives')?.default);
  const radii = chosen.map(({ id, config: settings }) => {
    const schema = entries.find((one) => one.id === id)?.settings ?? {};
    return inForce(schema, settings, 'epsilon');
  });
  return radii.find((one) => typeof one === 'number');
}

function SearchAdversary({ strategy }: { readonly strategy: EntryChoice }) {
  const checked = useDraft((state) => state.checked);
  const { entry, config, configPath, change } = strategy;
  if (entry === undefined) return undefined;
  const hasAdversary = schemaAt(entry.settings, 'adversary') !== undefined;
  const others = fieldsOf(entry.settings)
    .map(({ name }) => name)
    .filter((name) => !ADVERSARY.includes(name));
  return (
    <section className="stack" aria-label={words.inSearch}>
      <div>
        <h3>{words.inSearch}</h3>
        <p className="small soft">{words.inSearchAbout}</p>
      </div>
      {hasAdversary ? (
        <SchemaForm
          schema={entry.settings}
          settings={config}
          onChange={change}
          path={configPath}
          issues={issuesBelow(checked, configPath)}
          simple={['adversary', 'epsilon']}
          except={[...others, ...idleSettings(entry.settings, config)]}
          hints={adversaryHint(inForce(entry.settings, config, 'adversary'))}
        />
      ) : (
        <p>{words.noneInSearch(entry.title)}</p>
      )}
    </section>
  );
}

function adversaryHint(adversary: unknown): Readonly<Record<string, string>> {
  if (typeof adversary !== 'string' || !Object.hasOwn(words.adversaries, adversary)) return {};
  return { adversary: words.adversaries[adversary] };
}

function TrainingAdversary({ recipe }: { readonly recipe: EntryChoice }) {
  const checked = useDraft((state) => state.checked);
  const { id, entry, entries, config, configPath, choose, change } = recipe;
  const unknown = issueAt(checked, [...RECIPE_PATH, 'id']);
  return (
    <section className="stack" aria-label={words.inTraining} id={fieldAnchor(RECIPE_PATH)}>
      <div>
        <h3>{words.inTraining}</h3>
        <p className="small soft">{words.inTrainingAbout}</p>
      </div>
      <Choices
        label={words.inTraining}
        value={id}
        options={entries.map(({ id: value, title, description }) => ({
          value,
          label: title,
          about: description,
        }))}
        onChange={choose}
      />
      {unknown !== undefined && (
        <Note tone="bad" title={unknown.message}>
          {unknown.hint}
        </Note>
      )}
      {entry !== undefined && (
        <SchemaForm
          schema={entry.settings}
          settings={config}
          onChange={change}
          path={configPath}
          issues={issuesBelow(checked, configPath)}
          simple={simpleSettings('recipe', id, entry.settings)}
        />
      )}
    </section>
  );
}

function MismatchNotes({
  found,
  recipe,
  isMeasured,
}: {
  readonly found: readonly Mismatch[];
  readonly recipe: EntryChoice;
  readonly isMeasured: boolean;
}) {
  if (found.length === 0) return isMeasured ? <Note tone="good">{words.mismatch.fits}</Note> : undefined;
  return found.map((one) => <MismatchNote key={one.kind} mismatch={one} recipe={recipe} />);
}

function MismatchNote({ mismatch, recipe }: { readonly mismatch: Mismatch; readonly recipe: EntryChoice }) {
  const { mismatch: text } = words;
  switch (mismatch.kind) {
    case 'clean':
      return (
        <Note tone="warn" title={text.clean}>
          {text.cleanHint(over255(mismatch.measured))}
        </Note>
      );
    case 'norm':
      return (
        <Note tone="warn" title={text.norm}>
          {text.normHint}
        </Note>
      );
    case 'training': {
      const { training, measured } = mismatch;
      return (
        <Note tone="warn" title={text.training(over255(training), over255(measured))}>
          <div className="stack tight">
            <span>{training < measured ? text.trainingSmaller : text.trainingLarger}</span>
            <div>
              <Button size="small" onClick={() => recipe.change('epsilon', measured)}>
                {words.matchTraining(over255(measured))}
              </Button>
            </div>
          </div>
        </Note>
      );
    }
    case 'search':
      return (
        <Note tone="info" title={text.search(over255(mismatch.search), over255(mismatch.measured))}>
          {text.searchHint}
        </Note>
      );
  }
}
