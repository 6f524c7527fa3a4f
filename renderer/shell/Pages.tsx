/** Which page stands at which address; each is loaded when it is first opened. */
import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { common } from '../texts/common.ts';
import { LinkButton } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';

/** By the first word of their addresses. */
const load = {
  '': async () => ({ default: (await import('../pages/home/HomePage.tsx')).HomePage }),
  new: async () => ({ default: (await import('../pages/guide/GuidePage.tsx')).GuidePage }),
  runs: async () => ({ default: (await import('../pages/runs/RunsPage.tsx')).RunsPage }),
  compare: async () => ({ default: (await import('../pages/runs/ComparePage.tsx')).ComparePage }),
  run: async () => ({ default: (await import('../pages/run/RunPage.tsx')).RunPage }),
  studio: async () => ({ default: (await import('../pages/studio/StudioPage.tsx')).StudioPage }),
  machine: async () => ({ default: (await import('../pages/machine/MachinePage.tsx')).MachinePage }),
  help: async () => ({ default: (await import('../pages/help/HelpPage.tsx')).HelpPage }),
};

const HomePage = lazy(load['']);
const GuidePage = lazy(load.new);
const RunsPage = lazy(load.runs);
const ComparePage = lazy(load.compare);
const RunPage = lazy(load.run);
const StudioPage = lazy(load.studio);
const MachinePage = lazy(load.machine);
const HelpPage = lazy(load.help);

/** Begins to load the page at an address, so that it is there once the window is connected. */
export function preloadPage(path: string): void {
  const [, first = '', id = ''] = path.split('/');
  const known: Readonly<Record<string, () => Promise<unknown>>> = load;
  // One that cannot be loaded is told where it is drawn.
  if (Object.hasOwn(known, first)) known[first]().catch(() => undefined);
  if (first === 'run' && id !== '') preloadRun(id).catch(() => undefined);
}

/** Its journal comes while its page is being drawn for the first time. */
async function preloadRun(id: string): Promise<void> {
  (await import('../store/liveRuns.ts')).expectRun(decodeURIComponent(id));
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
        {({ id, tab }) => <RunPage key={id} runId={decodeURIComponent(id)} tab={tab ?? 'watch'} />}
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
        <Page title={common.noSuchPage}>
          <div>
            <LinkButton to="/" tone="primary">
              {common.toHome}
            </LinkButton>
          </div>
        </Page>
      </Route>
    </Switch>
  );
}
