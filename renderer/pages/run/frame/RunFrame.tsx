/** What stands above every tab of a run: its name, what can be done, its state and progress, the tabs. */
import type { ReactNode } from 'react';
import { useDeferredValue } from 'react';
import type { Failure, RunId } from '../../../../core/protocol/values.ts';
import type { RunTab } from '../../../shell/links.ts';
import { links } from '../../../shell/links.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { watchAgain } from '../../../store/liveRuns.ts';
import { useRuns } from '../../../store/runs.ts';
import { common } from '../../../texts/common.ts';
import { run as texts } from '../../../texts/run.ts';
import { FailureNote, Note, Waiting } from '../../../ui/feedback.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Tabs } from '../../../ui/Tabs.tsx';
import { whenLoaded } from '../../../ui/whenLoaded.tsx';
import { ExportTab } from '../export/ExportTab.tsx';
import { RobustnessTab } from '../robustness/RobustnessTab.tsx';
import { TrainingTab } from '../training/TrainingTab.tsx';
import { WatchTab } from '../watch/WatchTab.tsx';
import { RunButtons } from './RunButtons.tsx';
import { RunMenu } from './RunMenu.tsx';
import { RunStatusCard } from './RunStatusCard.tsx';
import { runStatus } from './runStatus.ts';
import { useRunNotices } from './useRunNotices.ts';

/** Brings the graph library along, which no other tab needs. */
const CellTab = whenLoaded(
  async () => (await import('../cell/CellTab.tsx')).CellTab,
  <Waiting label={common.loadingPage} />,
);

const TABS = Object.keys(texts.tabs) as readonly RunTab[];

export function RunFrame({
  runId,
  tab,
  run,
  failure,
}: {
  readonly runId: RunId;
  readonly tab: string;
  readonly run: LiveRun;
  /** Present where the journal cannot be read any more. */
  readonly failure?: Failure;
}) {
  const process = useRuns((state) => state.processes[runId]);
  const listed = useRuns((state) => state.list?.find(({ id }) => id === runId)?.state);
  // The tab is marked at once; what it holds may take longer to draw.
  const shown = useDeferredValue(tab);
  const { view, course, manifest } = run;
  const config = view.planned?.config ?? manifest.config;
  const status = runStatus(view, course, process, listed);
  useRunNotices(runId, run, status);
  return (
    <Page
      title={config.name}
      about={texts.subtitle(config.search.strategy.id, config.data.source, manifest.seed)}
      actions={
        <>
          <RunButtons runId={runId} status={status} course={course} isLost={failure !== undefined} />
          <RunMenu runId={runId} run={run} status={status} />
        </>
      }
    >
      {failure !== undefined && (
        <div className="stack tight">
          <FailureNote failure={failure} onRetry={() => watchAgain(runId)} />
          {run.events.length > 0 && <Note tone="info">{texts.lost}</Note>}
        </div>
      )}
      {run.events.length === 0 ? (
        failure === undefined && <Waiting label={texts.reading} />
      ) : (
        <>
          <RunStatusCard runId={runId} run={run} status={status} process={process} />
          <Tabs
            label={texts.tabsLabel}
            tabs={TABS.map((to) => ({ to: links.run(runId, to), label: texts.tabs[to] }))}
          />
          {contentOf(shown, runId, run)}
        </>
      )}
    </Page>
  );
}

function contentOf(tab: string, runId: RunId, run: LiveRun): ReactNode {
  switch (tab) {
    case 'cell':
      return <CellTab runId={runId} run={run} />;
    case 'training':
      return <TrainingTab runId={runId} run={run} />;
    case 'robustness':
      return <RobustnessTab runId={runId} run={run} />;
    case 'export':
      return <ExportTab runId={runId} run={run} />;
    default:
      return <WatchTab runId={runId} run={run} />;
  }
}
