/** How the network of the found cell is trained: for how long, and everything else for those who want it. */
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { issuesBelow } from '../../../store/guideIssues.ts';
import { usePreferences } from '../../../store/preferences.ts';
import type { Tree } from '../../../store/tree.ts';
import { isTree, valueAt } from '../../../store/tree.ts';
import { links } from '../../../shell/links.ts';
import { strategy as words } from '../../../texts/strategy.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Segments } from '../../../ui/controls.tsx';
import type { Schema } from '../../../ui/schemaFields.ts';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { idleSettings } from './settingsView.ts';
import { epochsOf, LENGTHS, lengthOf } from './trainingLength.ts';
import { useRecipe } from './useEntry.ts';

/** Asked for in the step that chooses the space. */
const OF_THE_SPACE = ['cells', 'channels'];
const WHILE_TRAINING = ['dropPath', 'auxiliary', 'auxiliaryWeight'];

export function RetrainingCard() {
  const runConfig = useCatalog((state) => state.catalog?.runConfig);
  const retrain = schemaAt(runConfig, 'retrain');
  const network = schemaAt(runConfig, 'network');
  if (retrain === undefined || network === undefined) return undefined;
  return (
    <Card title={words.retraining} about={words.retrainingAbout}>
      <div className="strategy-columns">
        <section className="stack" aria-label={words.lengthOf}>
          <h3>{words.lengthOf}</h3>
          <Length retrain={retrain} />
          <PartForm part="retrain" schema={retrain} simple={['epochs']} />
        </section>
        <section className="stack">
          <RecipeLine />
          <NetworkForm schema={network} />
        </section>
      </div>
    </Card>
  );
}

function Length({ retrain }: { readonly retrain: Schema }) {
  const presetId = useDraft((state) => state.presetId);
  const presets = useCatalog((state) => state.catalog?.presets) ?? [];
  const [epochs, change] = useSetting<unknown>(['retrain', 'epochs']);
  const published = schemaAt(retrain, 'epochs')?.default;
  const begun = valueAt(presets.find(({ id }) => id === presetId)?.config, ['retrain', 'epochs']);
  const standard = typeof begun === 'number' ? begun : published;
  if (typeof standard !== 'number') return undefined;
  const now = epochs ?? published;
  return (
    <div className="stack tight">
      <Segments
        label={words.lengthOf}
        value={typeof now === 'number' ? (lengthOf(now, standard) ?? '') : ''}
        options={LENGTHS.map((length) => ({ value: length as string, label: words.lengths[length] }))}
        onChange={(next) => {
          const length = LENGTHS.find((one) => one === next);
          if (length !== undefined) change(epochsOf(length, standard));
        }}
      />
      <p className="small soft num">
        {standard === published ? words.lengthAboutPublished(standard) : words.lengthAbout(standard)}
      </p>
    </div>
  );
}

function RecipeLine() {
  const { entry } = useRecipe();
  if (entry === undefined) return undefined;
  return (
    <div className="stack tight">
      <h3>{words.recipe}</h3>
      <p>
        <strong>{entry.title}</strong>
        {'. '}
        <span className="soft">{entry.description}</span>
      </p>
      <div>
        <LinkButton to={links.guide('threat')} size="small">
          {words.changeRecipe}
        </LinkButton>
      </div>
    </div>
  );
}

/** For experts, and where something is wrong. */
function NetworkForm({ schema }: { readonly schema: Schema }) {
  const isExpert = usePreferences((state) => state.expert);
  const isWrong = useDraft(({ checked }) =>
    WHILE_TRAINING.some((name) => issuesBelow(checked, ['network', name]).length > 0),
  );
  if (!isExpert && !isWrong) return undefined;
  return (
    <>
      <h3>{words.regularisation}</h3>
      <PartForm part="network" schema={schema} except={OF_THE_SPACE} />
    </>
  );
}

const EMPTY: Tree = {};

/** A part of the experiment that has no entry to choose. */
function PartForm({
  part,
  schema,
  simple,
  except = [],
}: {
  readonly part: 'retrain' | 'network';
  readonly schema: Schema;
  readonly simple?: readonly string[];
  readonly except?: readonly string[];
}) {
  const [settings] = useSetting<unknown>([part]);
  const checked = useDraft((state) => state.checked);
  const chosen = isTree(settings) ? settings : EMPTY;
  return (
    <SchemaForm
      schema={schema}
      settings={chosen}
      onChange={(name, value) => useDraft.getState().set([part, name], value)}
      path={[part]}
      issues={issuesBelow(checked, [part])}
      {...(simple === undefined ? {} : { simple })}
      except={[...except, ...idleSettings(schema, chosen)]}
    />
  );
}
