/** Which page stands at which address; each is loaded when it is first opened. */
import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { common } from '../texts/common.ts';
import { LinkButton } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';

const HomePage = lazy(async () => ({ default: (await import('../pages/home/HomePage.tsx')).HomePage }));
const GuidePage = lazy(async () => ({ default: (await import('../pages/guide/GuidePage.tsx')).GuidePage }));
const RunsPage = lazy(async () => ({ default: (await import('../pages/runs/RunsPage.tsx')).RunsPage }));
const ComparePage = lazy(async () => ({
  default: (await import('../pages/runs/ComparePage.tsx')).ComparePage,
}));
const RunPage = lazy(async () => ({ default: (await import('../pages/run/RunPage.tsx')).RunPage }));
const StudioPage = lazy(async () => ({
  default: (await import('../pages/studio/StudioPage.tsx')).StudioPage,
}));
const MachinePage = lazy(async () => ({
  default: (await import('../pages/machine/MachinePage.tsx')).MachinePage,
}));
const HelpPage = lazy(async () => ({ default: (await import('../pages/help/HelpPage.tsx')).HelpPage }));

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
