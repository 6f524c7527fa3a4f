/** All experiments in one table: filter, sort, choose columns, compare settings. */
import { Columns3, FolderPlus, GitCompare, Plus, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { count } from '../../../core/report/format.ts';
import { AddRunDialog } from '../../shell/AddRunDialog.tsx';
import { links } from '../../shell/links.ts';
import { useRuns } from '../../store/runs.ts';
import { useSessionState } from '../../store/sessionState.ts';
import { common } from '../../texts/common.ts';
import { runsTexts } from '../../texts/runs.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Select } from '../../ui/controls.tsx';
import { Field } from '../../ui/Field.tsx';
import { Empty, Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { ColumnsDialog } from './ColumnsDialog.tsx';
import type { Filter } from './columns.ts';
import { filterRuns, sortRuns } from './columns.ts';
import { DifferencesDialog } from './DifferencesDialog.tsx';
import { useColumns } from './keptColumns.ts';
import { RunTable } from './RunTable.tsx';
import './runs.css';

const STATES = (
  [
    'all',
    'running',
    'interrupted',
    'paused',
    'cancelled',
    'failed',
    'finished',
    'empty',
    'damaged',
    'missing',
  ] as const
).map((value) => ({ value, label: value === 'all' ? runsTexts.allStates : common.states[value] }));

const NO_FILTER: Filter = { text: '', state: 'all' };

/** Outlives a reload of the window. */
function useFilter(): readonly [Filter, (next: Filter) => void] {
  const [text, setText] = useSessionState<string>('runs.filter', NO_FILTER.text);
  const [kept, setState] = useSessionState<string>('runs.state', NO_FILTER.state);
  const state = STATES.find(({ value }) => value === kept)?.value ?? NO_FILTER.state;
  const filter = useMemo(() => ({ text, state }), [text, state]);
  const change = (next: Filter): void => {
    setText(next.text);
    setState(next.state);
  };
  return [filter, change];
}

export function RunsPage() {
  const list = useRuns((state) => state.list);
  const sorting = useColumns((state) => state.sorting);
  const [filter, setFilter] = useFilter();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'columns' | 'differences' | 'add'>();
  const shown = useMemo(() => sortRuns(filterRuns(list ?? [], filter), sorting), [list, filter, sorting]);
  // Runs that are gone are no longer selected.
  const chosen = useMemo(() => (list ?? []).filter(({ id }) => selected.has(id)), [list, selected]);
  const close = (): void => setDialog(undefined);

  return (
    <Page
      title={runsTexts.title}
      about={runsTexts.about}
      actions={
        <>
          <Button icon={<FolderPlus />} onClick={() => setDialog('add')}>
            {runsTexts.addRun}
          </Button>
          <LinkButton to={links.guide('data')} tone="primary" icon={<Plus />}>
            {runsTexts.create}
          </LinkButton>
        </>
      }
    >
      {list === undefined ? (
        <Waiting label={common.loading} />
      ) : list.length === 0 ? (
        <Empty
          title={runsTexts.none}
          actions={
            <LinkButton to={links.home} tone="primary">
              {common.toHome}
            </LinkButton>
          }
        >
          {runsTexts.noneAbout}
        </Empty>
      ) : (
        <>
          <div className="runs-tools">
            <Field label={runsTexts.filter}>
              {(control) => (
                <input
                  {...control}
                  className="input"
                  type="search"
                  value={filter.text}
                  placeholder={runsTexts.filterHint}
                  onChange={({ target }) => setFilter({ ...filter, text: target.value })}
                />
              )}
            </Field>
            <Field label={runsTexts.state}>
              {(control) => (
                <Select
                  {...control}
                  value={filter.state}
                  options={STATES}
                  onChange={(state) => setFilter({ ...filter, state })}
                />
              )}
            </Field>
            <div className="buttons">
              <Button
                icon={<GitCompare />}
                unavailable={chosen.length < 2 ? runsTexts.differencesNeed : undefined}
                onClick={() => setDialog('differences')}
              >
                {runsTexts.differences(chosen.length)}
              </Button>
              <Button icon={<Columns3 />} onClick={() => setDialog('columns')}>
                {runsTexts.columnsButton}
              </Button>
            </div>
          </div>
          {shown.length === 0 ? (
            <Empty
              icon={<SearchX />}
              title={runsTexts.noMatch}
              actions={<Button onClick={() => setFilter(NO_FILTER)}>{runsTexts.clearFilter}</Button>}
            >
              {runsTexts.noMatchAbout}
            </Empty>
          ) : (
            <RunTable
              runs={shown}
              caption={runsTexts.caption(count(shown.length), count(list.length))}
              selected={selected}
              onSelect={setSelected}
            />
          )}
        </>
      )}
      <ColumnsDialog isOpen={dialog === 'columns'} onClose={close} />
      <DifferencesDialog isOpen={dialog === 'differences'} onClose={close} runs={withConfig(chosen)} />
      <AddRunDialog isOpen={dialog === 'add'} onClose={close} />
    </Page>
  );
}

type Configured = RunSummary & { readonly config: NonNullable<RunSummary['config']> };

function withConfig(runs: readonly RunSummary[]): readonly Configured[] {
  return runs.filter((run): run is Configured => run.config !== undefined);
}
