/** Name and seed; for experts also what computes, with how many threads, and how often it is saved. */
import { Dices } from 'lucide-react';
import { useCatalog } from '../../../store/catalog.ts';
import { useDraft, useSetting } from '../../../store/draft.ts';
import { useExecutors } from '../../../store/executors.ts';
import { fieldAnchor } from '../../../store/guideIssues.ts';
import { usePreferences } from '../../../store/preferences.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Select } from '../../../ui/controls.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Term } from '../../../ui/Term.tsx';
import { NumberInput } from '../../../ui/NumberInput.tsx';
import { schemaAt } from '../../../ui/schemaFields.ts';
import { useIssueText } from '../useIssueText.ts';
import { nextSeed } from './nextSeed.ts';

export function IdentityCard() {
  const isExpert = usePreferences((state) => state.expert);
  const [name, setName] = useSetting<string>(['name']);
  const [seed, setSeed] = useSetting<number>(['seed']);
  const defaultName = useDraft(({ complete }) => complete?.name);
  const firstSeed = useCatalog((state) => schemaAt(state.catalog?.runConfig, 'seed')?.default);
  const preset = typeof firstSeed === 'number' ? firstSeed : 1;
  const update = useDraft((state) => state.update);
  return (
    <Card title={words.details}>
      <div className="identity">
        <Field
          label={words.name}
          hint={words.nameHint}
          error={useIssueText(['name'])}
          id={fieldAnchor(['name'])}
        >
          {(control) => (
            <input
              {...control}
              className="input"
              value={name ?? ''}
              placeholder={defaultName}
              maxLength={200}
              onChange={({ target }) => setName(target.value === '' ? undefined : target.value)}
            />
          )}
        </Field>
        <Field
          label={<Term id="seed">{words.seed}</Term>}
          hint={words.seedHint}
          error={useIssueText(['seed'])}
          id={fieldAnchor(['seed'])}
        >
          {(control) => (
            <div className="buttons">
              <NumberInput {...control} value={seed} onChange={setSeed} placeholder={String(preset)} />
              <Button icon={<Dices />} onClick={() => update(['seed'], (newest) => nextSeed(newest, preset))}>
                {words.newSeed}
              </Button>
            </div>
          )}
        </Field>
        {isExpert && <Computing />}
      </div>
    </Card>
  );
}

function Computing() {
  const executors = useCatalog((state) => state.catalog?.executors) ?? [];
  const found = useExecutors();
  const [own, setExecutor] = useSetting<unknown>(['executor']);
  const standard = useDraft(({ complete }) => complete?.executor);
  const usualThreads = useDraft(({ complete }) => complete?.threads);
  const chosen = typeof own === 'string' ? own : (standard ?? '');
  const [threads, setThreads] = useSetting<number>(['threads']);
  const takesThreads = executors.find(({ id }) => id === chosen)?.takesThreads ?? true;
  const [saved, setSaved] = useSetting<number>(['checkpointSeconds']);
  const options = executors.map(({ id, title }) => {
    const report = found.kind === 'ready' ? found.value.find((one) => one.id === id) : undefined;
    return { value: id, label: title, unavailable: report?.available === false ? report.reason : undefined };
  });
  return (
    <>
      <Field
        label={<Term id="executor">{words.executor}</Term>}
        hint={found.kind === 'loading' ? words.executorsLoading : undefined}
        error={useIssueText(['executor'])}
        id={fieldAnchor(['executor'])}
      >
        {(control) => <Select {...control} value={chosen} options={options} onChange={setExecutor} />}
      </Field>
      <Field
        label={words.threads}
        hint={takesThreads ? words.threadsHint : words.noThreads}
        error={useIssueText(['threads'])}
        id={fieldAnchor(['threads'])}
      >
        {(control) => (
          <NumberInput
            {...control}
            value={threads}
            onChange={setThreads}
            placeholder={String(usualThreads ?? 0)}
            disabled={!takesThreads}
          />
        )}
      </Field>
      <Field
        label={words.checkpoint}
        unit={words.seconds}
        hint={words.checkpointHint}
        error={useIssueText(['checkpointSeconds'])}
        id={fieldAnchor(['checkpointSeconds'])}
      >
        {(control) => <NumberInput {...control} value={saved} onChange={setSaved} placeholder="30" />}
      </Field>
    </>
  );
}
