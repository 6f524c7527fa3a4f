/** Which page stands at which address; each is loaded when it is first opened. */
import { Route, Switch } from 'wouter';
import { common } from '../texts/common.ts';
import { LinkButton } from '../ui/Button.tsx';
import { Waiting } from '../ui/feedback.tsx';
import { Page } from '../ui/Page.tsx';
import { whenLoaded } from '../ui/whenLoaded.tsx';
import { decodeWord } from './links.ts';

const fallback = (
  <div className="page">
    <Waiting label={common.loadingPage} />
  </div>
);

const HomePage = whenLoaded(async () => (await import('../pages/home/HomePage.tsx')).HomePage, fallback);
const GuidePage = whenLoaded(async () => (await import('../pages/guide/GuidePage.tsx')).GuidePage, fallback);
const RunsPage = whenLoaded(async () => (await import('../pages/runs/RunsPage.tsx')).RunsPage, fallback);
const ComparePage = whenLoaded(
  async () => (await import('../pages/runs/ComparePage.tsx')).ComparePage,
  fallback,
);
const RunPage = whenLoaded(async () => (await import('../pages/run/RunPage.tsx')).RunPage, fallback);
const StudioPage = whenLoaded(
  async () => (await import('../pages/studio/StudioPage.tsx')).StudioPage,
  fallback,
);
const MachinePage = whenLoaded(
  async () => (await import('../pages/machine/MachinePage.tsx')).MachinePage,
  fallback,
);
const HelpPage = whenLoaded(async () => (await import('../pages/help/HelpPage.tsx')).HelpPage, fallback);

/** By the first word of their addresses. */
const pages: Readonly<Record<string, { preload(): Promise<void> }>> = {
  '': HomePage,
  new: GuidePage,
  runs: RunsPage,
  compare: ComparePage,
  run: RunPage,
  studio: StudioPage,
  machine: MachinePage,
  help: HelpPage,
};

/** Begins to load the page at an address, so that it is there once the window is connected. */
export function preloadPage(path: string): void {
  const [, first = '', id = ''] = path.split('/');
  // One that cannot be loaded is told where it is drawn.
  if (Object.hasOwn(pages, first)) pages[first].preload().catch(() => undefined);
  if (first === 'run' && id !== '') preloadRun(id).catch(() => undefined);
}

/** Its journal comes while its page is being drawn for the first time. */
async function preloadRun(word: string): Promise<void> {
  const id = decodeWord(word);
  if (id !== undefined) (await import('../store/liveRuns.ts')).expectRun(id);
}

/** The pages that most go to next, while nothing else is to be done. */
export function preloadNext(): void {
  requestIdleCallback(() => ['/run', '/runs'].forEach(preloadPage));
}

export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <HomePage />
      </Route>
      <Route path="/new/:step?">{({ step }) => <GuidePage step={step ?? 'data'} />}</Route>
      <Route path="/runs">
        <RunsPage />
      </Route>
      <Route path="/compare">
        <ComparePage />
      </Route>
      <Route path="/run/:id/:tab?">
        {({ id, tab }) => {
          const runId = decodeWord(id);
          if (runId === undefined) return <NoSuchPage />;
          return <RunPage key={id} runId={runId} tab={tab ?? 'watch'} />;
        }}
      </Route>
      <Route path="/studio">
        <StudioPage />
      </Route>
      <Route path="/machine">
        <MachinePage />
      </Route>
      <Route path="/help">
        <HelpPage />
      </Route>
      <Route>
        <NoSuchPage />
      </Route>
    </Switch>
  );
}

function NoSuchPage() {
  return (
    <Page title={common.noSuchPage}>
      <div>
        <LinkButton to="/" tone="primary">
          {common.toHome}
        </LinkButton>
      </div>
    </Page>
  );
}
