/** Not built yet. */
import { common } from '../../texts/common.ts';
import { Page } from '../../ui/Page.tsx';

export function HomePage(_: { readonly step?: string; readonly runId?: string; readonly tab?: string }) {
  return <Page title={common.loadingPage}>{''}</Page>;
}
