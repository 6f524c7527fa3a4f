/** The page of a run: finds it, reads its journal, and shows it, live or finished. */
import { FileQuestion } from 'lucide-react';
import type { RunId } from '../../../core/protocol/values.ts';
import { links } from '../../shell/links.ts';
import { useRun, watchAgain } from '../../store/liveRuns.ts';
import { run as texts } from '../../texts/run.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Empty, FailureNote, Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { RunFrame } from './frame/RunFrame.tsx';
import './run.css';

export function RunPage({ runId, tab }: { readonly runId: RunId; readonly tab: string }) {
  const loading = useRun(runId);
  switch (loading.kind) {
    case 'loading':
      return (
        <Page title={runId}>
          <Waiting label={texts.opening} />
        </Page>
      );
    case 'ready':
      return <RunFrame runId={runId} tab={tab} run={loading.run} />;
    case 'lost':
      return loading.run === undefined ? (
        <NotFound runId={runId} {...loading.failure} />
      ) : (
        <RunFrame runId={runId} tab={tab} run={loading.run} failure={loading.failure} />
      );
  }
}

const NOWHERE: readonly string[] = ['not-listed', 'not-found', 'not-a-run', 'bad-run-id'];

function NotFound({
  runId,
  code,
  message,
  hint,
}: {
  readonly runId: RunId;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}) {
  const toRuns = <LinkButton to={links.runs}>{texts.backToRuns}</LinkButton>;
  return (
    <Page title={runId}>
      {NOWHERE.includes(code) ? (
        <Empty icon={<FileQuestion aria-hidden />} title={texts.notFound} actions={toRuns}>
          {`${message} ${texts.notFoundHint}`}
        </Empty>
      ) : (
        <>
          <FailureNote failure={{ code, message, hint }} onRetry={() => watchAgain(runId)} />
          <div>{toRuns}</div>
        </>
      )}
    </Page>
  );
}
