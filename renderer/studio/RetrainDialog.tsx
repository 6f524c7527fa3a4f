/** Makes a new experiment that trains this cell: whose settings, which recipe, how long; then goes there. */
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure, RunId } from '../../core/protocol/values.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import type { Genotype } from '../../core/searchSpace/genotype.ts';
import type { Skeleton } from '../../core/searchSpace/space.ts';
import { host, library } from '../api/services.ts';
import { failureOf, useQuery } from '../api/useQuery.ts';
import { links } from '../shell/links.ts';
import { useCatalog } from '../store/catalog.ts';
import { useRuns } from '../store/runs.ts';
import type { Tree } from '../store/tree.ts';
import { withValueAt } from '../store/tree.ts';
import { common } from '../texts/common.ts';
import { studioDialogs } from '../texts/studioDialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Select, Switch } from '../ui/controls.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote, Waiting } from '../ui/feedback.tsx';
import { Field } from '../ui/Field.tsx';
import { Mistakes, Summary, Training } from './RetrainParts.tsx';
import { retrainConfig, retrainPhases } from './model/retrainPlan.ts';

const words = studioDialogs.retrain;

interface Props {
  readonly genotype: Genotype;
  readonly title: string;
  readonly runId: RunId | undefined;
  readonly skeleton: Skeleton | undefined;
  readonly onClose: () => void;
}

export function RetrainDialog({ isOpen, ...props }: Props & { readonly isOpen: boolean }) {
  if (!isOpen) return undefined;
  return <RetrainForm {...props} />;
}

function RetrainForm({ genotype, title, runId, skeleton, onClose }: Props) {
  const [, goTo] = useLocation();
  const sources = useSources(runId);
  const [sourceId, setSourceId] = useState<string>();
  const source = sources.find(({ id }) => id === sourceId) ?? sources[0];
  const [edited, setEdited] = useState<{ readonly of: string; readonly settings: Tree }>();
  const settings = edited !== undefined && edited.of === source?.id ? edited.settings : source?.config;
  const runName = useRuns((state) => state.list?.find(({ id }) => id === runId)?.name);
  const [name, setName] = useState(words.nameOf(runName, title));
  const [baseline, setBaseline] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const nameless = name.trim() === '' ? words.nameless : undefined;

  const config = useMemo(
    () =>
      settings === undefined ? undefined : retrainConfig(settings, { name, genotype, skeleton, baseline }),
    [settings, name, genotype, skeleton, baseline],
  );
  const checked = useQuery(config === undefined ? undefined : JSON.stringify(config), (options) =>
    library.call('checkConfig', { config: config ?? {} }, options),
  );
  const verdict = checked.kind === 'ready' ? checked.value : undefined;
  const change = (path: readonly string[], value: unknown): void => {
    if (source !== undefined && settings !== undefined)
      setEdited({ of: source.id, settings: withValueAt(settings, path, value) });
  };

  const start = async (whole: RunConfig): Promise<void> => {
    setStarting(true);
    setFailure(undefined);
    try {
      const phases = [...retrainPhases(baseline)];
      const { runId: made } = await host.call('startRun', { plan: { config: whole, phases } });
      goTo(links.run(made, 'training'));
    } catch (error) {
      // A message at the corner would lie behind the dialog.
      setFailure(failureOf(error));
      setStarting(false);
    }
  };

  const unavailable = isStarting
    ? words.starting
    : (nameless ?? (verdict === undefined ? words.checking : verdict.ok ? undefined : words.wrong));
  return (
    <Dialog
      title={words.title}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          {failure !== undefined && <FailureNote failure={failure} />}
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            tone="primary"
            unavailable={unavailable}
            onClick={() => verdict?.ok === true && void start(verdict.config)}
          >
            {isStarting ? words.starting : words.start}
          </Button>
        </>
      }
    >
      <p className="soft">{words.about}</p>
      {source === undefined || config === undefined ? (
        <Waiting label={common.loading} />
      ) : (
        <>
          <div className="grid-2">
            <Field label={words.settings} hint={words.settingsAbout}>
              {(control) => (
                <Select
                  {...control}
                  value={source.id}
                  options={sources.map(({ id, label }) => ({ value: id, label }))}
                  onChange={setSourceId}
                />
              )}
            </Field>
            <Field label={words.name} error={nameless}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  value={name}
                  maxLength={200}
                  onChange={({ target }) => setName(target.value)}
                />
              )}
            </Field>
          </div>
          <Training config={config} verdict={verdict} onChange={change} />
          <Switch
            label={words.baseline}
            hint={words.baselineAbout}
            checked={baseline}
            onChange={setBaseline}
          />
          {checked.kind === 'failed' && <FailureNote failure={checked.failure} onRetry={checked.retry} />}
          {verdict?.ok === false && <Mistakes verdict={verdict} />}
          {verdict?.ok === true && <Summary config={verdict.config} />}
        </>
      )}
    </Dialog>
  );
}

interface Source {
  readonly id: string;
  readonly label: string;
  readonly config: Tree;
}

/** The run that the studio stands in comes first, then presets, then other experiments. */
function useSources(runId: RunId | undefined): readonly Source[] {
  const runs = useRuns((state) => state.list);
  const catalog = useCatalog((state) => state.catalog);
  return useMemo(() => {
    const ofRuns = (runs ?? []).flatMap(({ id, name, config }) =>
      config === undefined ? [] : [{ id: `run:${id}`, label: words.run(name), config }],
    );
    const ofPresets = (catalog?.presets ?? []).map(({ id, title, config }) => ({
      id: `preset:${id}`,
      label: words.preset(title),
      config,
    }));
    const own = ofRuns.filter(({ id }) => id === `run:${runId ?? ''}`);
    return [...own, ...ofPresets, ...ofRuns.filter((source) => !own.includes(source))];
  }, [runs, catalog, runId]);
}
