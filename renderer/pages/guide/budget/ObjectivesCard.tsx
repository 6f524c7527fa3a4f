/** What the alphas are to make small: objectives to switch on and off with their settings, and how they are balanced. */
import { useMemo } from 'react';
import type { CatalogEntry } from '../../../../core/protocol/catalog.ts';
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft } from '../../../store/draft.ts';
import { fieldAnchor, issueAt, issuesBelow } from '../../../store/guideIssues.ts';
import { asideOf } from '../../../store/keptDraft.ts';
import type { Tree } from '../../../store/tree.ts';
import { links } from '../../../shell/links.ts';
import { budget as words } from '../../../texts/budget.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Choices, Switch } from '../../../ui/controls.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import type { Schema } from '../../../ui/schemaFields.ts';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { Term } from '../../../ui/Term.tsx';
import { usePlan } from '../space/usePlan.ts';
import { idleSettings, inForce, simpleSettings } from '../strategy/settingsView.ts';
import type { EntryChoice } from '../strategy/useEntry.ts';
import { useStrategy } from '../strategy/useEntry.ts';
import type { ChosenObjective } from './objectiveList.ts';
import { readObjectives, switchedOff, switchedOn, withSetting } from './objectiveList.ts';
import { boundsOf, lackOf } from './reach.ts';
import type { Quantity } from './sizes.ts';

/** Where the draft remembers the settings of objectives that are off. */
const PLACE = 'objectives';

export function ObjectivesCard() {
  const strategy = useStrategy();
  const { entry } = strategy;
  if (entry === undefined) return undefined;
  const schema = schemaAt(entry.settings, 'objectives');
  if (schema === undefined) {
    return (
      <Card title={words.objectives}>
        <div className="stack">
          <p>{words.noObjectives(entry.title)}</p>
          <div>
            <LinkButton to={links.guide('strategy')} size="small">
              {words.changeStrategy}
            </LinkButton>
          </div>
        </div>
      </Card>
    );
  }
  return (
    <Card title={words.objectives} about={words.objectivesAbout}>
      <div className="stack">
        <Objectives strategy={strategy} preset={schema.default} />
        <Balancing strategy={strategy} entry={entry} />
      </div>
    </Card>
  );
}

function useObjectives({ config }: EntryChoice, preset: unknown): readonly ChosenObjective[] {
  const raw = config.objectives ?? preset;
  return useMemo(() => readObjectives(raw), [raw]);
}

function Objectives({ strategy, preset }: { readonly strategy: EntryChoice; readonly preset: unknown }) {
  const entries = useCatalog((state) => state.catalog?.objectives) ?? [];
  const path = [...strategy.configPath, 'objectives'];
  const problem = useDraft(({ checked }) => issueAt(checked, path));
  const chosen = useObjectives(strategy, preset);
  const take = (change: (newest: readonly ChosenObjective[]) => readonly ChosenObjective[]): void =>
    strategy.update('objectives', (newest) => change(readObjectives(newest ?? preset)));
  return (
    <>
      <div className="objectives" id={fieldAnchor(path)}>
        {entries.map((entry) => {
          const at = chosen.findIndex(({ id }) => id === entry.id);
          return (
            <ObjectiveTile
              key={entry.id}
              entry={entry}
              chosen={at < 0 ? undefined : chosen[at]}
              path={[...path, String(at)]}
              onSwitch={(isOn) => {
                const draft = useDraft.getState();
                const before = asideOf(draft, PLACE).get(entry.id);
                if (isOn) return take((newest) => switchedOn(newest, entry.id, before));
                draft.layAside(PLACE, entry.id, chosen[at]?.config);
                take((newest) => switchedOff(newest, entry.id));
              }}
              onChange={(name, value) => take((newest) => withSetting(newest, entry.id, name, value))}
            />
          );
        })}
      </div>
      {chosen.length === 0 ? (
        <Note tone="bad" title={words.atLeastOne} />
      ) : (
        problem !== undefined && (
          <Note tone="bad" title={problem.message}>
            {problem.hint}
          </Note>
        )
      )}
    </>
  );
}

/** Sizes that the budget bounds, by objective. */
const QUANTITY_OF: Readonly<Record<string, Quantity>> = { expectedParams: 'params', expectedMacs: 'macs' };

function ObjectiveTile({
  entry,
  chosen,
  path,
  onSwitch,
  onChange,
}: {
  readonly entry: CatalogEntry;
  readonly chosen: ChosenObjective | undefined;
  readonly path: readonly string[];
  readonly onSwitch: (isOn: boolean) => void;
  readonly onChange: (name: string, value: unknown) => void;
}) {
  const checked = useDraft((state) => state.checked);
  const { id, title, description, settings } = entry;
  const isOn = chosen !== undefined;
  const issues = isOn ? issuesBelow(checked, path) : [];
  // Of the objective as a whole, such as a bound that it lacks.
  const own = issues.find((issue) => issue.path.length === path.length);
  return (
    <div className={isOn ? 'objective-card on' : 'objective-card'} id={isOn ? fieldAnchor(path) : undefined}>
      <Switch label={<strong>{title}</strong>} checked={isOn} onChange={onSwitch} hint={description} />
      {isOn && (
        <>
          <SchemaForm
            schema={settings}
            settings={chosen.config}
            onChange={onChange}
            path={[...path, 'config']}
            issues={issues}
            simple={simpleSettings('objective', id, settings)}
            except={idleSettings(settings, chosen.config)}
            hints={boundHint(settings, chosen.config)}
          />
          <ObjectiveNote entry={entry} config={chosen.config} issue={own} />
        </>
      )}
    </div>
  );
}

function boundHint(schema: Schema, config: Tree): Readonly<Record<string, string>> {
  const bound = inForce(schema, config, 'bound');
  if (typeof bound !== 'string' || !Object.hasOwn(words.boundHints, bound)) return {};
  return { bound: words.boundHints[bound] };
}

/** What an objective lacks, in words of the fields that are seen here; else what the library says of it. */
function ObjectiveNote({
  entry: { id, settings },
  config,
  issue,
}: {
  readonly entry: CatalogEntry;
  readonly config: Tree;
  readonly issue: ConfigIssue | undefined;
}) {
  const { budget } = usePlan();
  const quantity = Object.hasOwn(QUANTITY_OF, id) ? QUANTITY_OF[id] : undefined;
  const lack =
    quantity === undefined
      ? undefined
      : lackOf(inForce(settings, config, 'bound'), boundsOf(budget, quantity), config.target);
  if (quantity !== undefined && lack !== undefined)
    return (
      <Note tone={lack === 'bounds' ? 'warn' : 'bad'}>{words.lacks[lack](words.quantities[quantity])}</Note>
    );
  if (issue === undefined) return undefined;
  return (
    <Note tone="bad" title={issue.message}>
      {issue.hint}
    </Note>
  );
}

function Balancing({ strategy, entry }: { readonly strategy: EntryChoice; readonly entry: CatalogEntry }) {
  const balancers = useCatalog((state) => state.catalog?.balancers) ?? [];
  const checked = useDraft((state) => state.checked);
  const schema = schemaAt(entry.settings, 'balancer');
  const objectives = useObjectives(strategy, schemaAt(entry.settings, 'objectives')?.default);
  if (schema === undefined) return undefined;
  if (objectives.length < 2) return <p className="small soft">{words.balancingOne}</p>;
  const { config, configPath, change } = strategy;
  const value = inForce(entry.settings, config, 'balancer');
  return (
    <section className="stack" aria-label={words.balancing}>
      <div>
        <h3>
          <Term id="mgda">{words.balancing}</Term>
        </h3>
        <p className="small soft">{words.balancingAbout}</p>
      </div>
      <Choices
        label={words.balancing}
        value={typeof value === 'string' ? value : undefined}
        options={balancers.map(({ id, title, description }) => ({
          value: id,
          label: title,
          about: description,
        }))}
        onChange={(id) => change('balancer', id === schema.default ? undefined : id)}
      />
      <SchemaForm
        schema={{ properties: { gradientNormalisation: schemaAt(entry.settings, 'gradientNormalisation') } }}
        settings={config}
        onChange={change}
        path={configPath}
        issues={issuesBelow(checked, configPath)}
        simple={[]}
      />
    </section>
  );
}
