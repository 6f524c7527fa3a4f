/** Another training of the found cell: recipe, settings, what follows it. */
import { Play, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Catalog } from '../../../../core/protocol/catalog.ts';
import type { CheckedConfig } from '../../../../core/protocol/libraryApi.ts';
import type { RunId } from '../../../../core/protocol/values.ts';
import { conditionsOf } from './attackWords.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { host, library } from '../../../api/services.ts';
import { useCatalog } from '../../../store/catalog.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { useSessionDraft } from '../../../store/sessionDraft.ts';
import { showFailure, useToasts } from '../../../store/toasts.ts';
import { isSame } from '../../../store/tree.ts';
import { common } from '../../../texts/common.ts';
import { training as texts } from '../../../texts/training.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Choices, Switch } from '../../../ui/controls.tsx';
import { Note, Waiting } from '../../../ui/feedback.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { schemaAt } from '../../../ui/schemaFields.ts';
import type { RunStatus } from '../frame/runStatus.ts';
import type { TrainingWish } from './trainingWish.ts';
import {
  configWith,
  hasGenotype,
  issuesOf,
  phasesOf,
  readTrainingWish,
  whyNot,
  wishOf,
} from './trainingWish.ts';

const CHECK_AFTER_MS = 150;
const SIMPLE = ['epochs', 'batchSize', 'learningRate'];

interface Props {
  readonly runId: RunId;
  readonly run: LiveRun;
  readonly status: RunStatus;
  readonly config: RunConfig;
}

export function StartTraining(props: Props) {
  const catalog = useCatalog((state) => state.catalog);
  if (catalog !== undefined) return <TrainingForm {...props} catalog={catalog} />;
  return (
    <Card title={texts.startTitle}>
      <Waiting label={texts.why.checking} />
    </Card>
  );
}

function TrainingForm({
  runId,
  run: { view, course },
  status,
  config,
  catalog,
}: Props & { readonly catalog: Catalog }) {
  const first = (): TrainingWish => wishOf(config, course.planned, view, catalog);
  const {
    draft: wish,
    change,
    forget,
    takeBack,
  } = useSessionDraft(`train.${runId}`, readTrainingWish, first);
  const [isStarting, setStarting] = useState(false);
  const checked = useChecked(config, wish);
  const start = async (): Promise<void> => {
    if (checked?.ok !== true) return;
    setStarting(true);
    try {
      await host.call('extendRun', { runId, plan: { config: checked.config, phases: [...phasesOf(wish)] } });
      useToasts.getState().show({ tone: 'good', title: texts.started });
      forget();
    } catch (error) {
      showFailure(error);
    } finally {
      setStarting(false);
    }
  };
  const issues = issuesOf(checked);
  const others = issues.filter(({ path }) => path.at(0) !== 'retrain');
  const obstacle = isStarting ? texts.starting : whyNot(status, view, checked);
  const hasBaseline = hasGenotype(view, 'random');
  const recipe = catalog.recipes.find(({ id }) => id === wish.recipe.id);
  const retrain = schemaAt(catalog.runConfig, 'retrain');
  return (
    <Card
      title={view.retrained.length > 0 ? texts.startTitle : texts.startFirst}
      about={texts.startAbout}
      className="start-training"
    >
      <div className="stack">
        <Choices
          label={texts.recipeLabel}
          value={wish.recipe.id}
          options={catalog.recipes.map(({ id, title, description }) => ({
            value: id,
            label: title,
            about: description,
          }))}
          // Settings of one recipe mean nothing to another.
          onChange={(id) => id !== wish.recipe.id && change({ recipe: { id, config: {} } })}
        />
        {recipe !== undefined && (
          <SchemaForm
            schema={recipe.settings}
            settings={wish.recipe.config}
            path={['retrain', 'recipe', 'config']}
            issues={issues}
            onChange={(name, value) =>
              change({ recipe: { ...wish.recipe, config: withSetting(wish.recipe.config, name, value) } })
            }
          />
        )}
        {retrain !== undefined && (
          <SchemaForm
            schema={retrain}
            settings={wish.settings}
            path={['retrain']}
            issues={issues}
            simple={SIMPLE}
            except={['recipe']}
            onChange={(name, value) => change({ settings: withSetting(wish.settings, name, value) })}
          />
        )}
        <div className="grid-3">
          <Switch
            label={texts.baseline}
            checked={wish.baseline && hasBaseline}
            hint={hasBaseline ? texts.baselineHint : texts.why.noBaseline}
            onChange={(baseline) => hasBaseline && change({ baseline })}
          />
          <Switch
            label={texts.measure}
            checked={wish.measure}
            hint={
              config.evaluate.length === 0
                ? texts.measureClean
                : texts.measureHint(config.evaluate.map(conditionsOf).join('; '))
            }
            onChange={(measure) => change({ measure })}
          />
          <Switch
            label={texts.exportAfter}
            checked={wish.exportAfter}
            hint={texts.exportHint(config.exports.join(', '))}
            onChange={(exportAfter) => change({ exportAfter })}
          />
        </div>
        {others.map(({ message, hint }) => (
          <Note tone="bad" key={message} title={`${texts.elsewhereIssue} ${message}`}>
            {hint}
          </Note>
        ))}
        {view.retrained.length > 0 && <p className="soft small">{texts.replaces}</p>}
        <div className="buttons">
          <Button tone="primary" icon={<Play />} unavailable={obstacle} onClick={() => void start()}>
            {texts.start}
          </Button>
          {!isSame(wish, first()) && (
            <Button tone="quiet" icon={<RotateCcw />} onClick={takeBack}>
              {common.takeBack}
            </Button>
          )}
          {obstacle !== undefined && <span className="soft">{obstacle}</span>}
        </div>
      </div>
    </Card>
  );
}

function withSetting(
  settings: Readonly<Record<string, unknown>>,
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const { [name]: _, ...others } = settings;
  return value === undefined ? others : { ...others, [name]: value };
}

/** What the library says of the experiment with this training; undefined until it says it of the settings as they are now. */
function useChecked(config: RunConfig, wish: TrainingWish): CheckedConfig | undefined {
  const [checked, setChecked] = useState<{ readonly of: TrainingWish; readonly said: CheckedConfig }>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      library
        .call('checkConfig', { config: configWith(config, wish) }, { signal: abort.signal })
        .then((said) => setChecked({ of: wish, said }))
        .catch(showFailure);
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [config, wish]);
  return checked?.of === wish ? checked.said : undefined;
}
