/** The cell of a run in the studio: what was found, cells of earlier epochs, the random baseline. */
import { Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import { Studio } from '../../../studio/Studio.tsx';
import { runDraftKey } from '../../../studio/wanted.ts';
import { skeletonOf } from '../../../studio/model/skeletonOf.ts';
import { studioDialogs } from '../../../texts/studioDialogs.ts';
import { Empty } from '../../../ui/feedback.tsx';
import { basesOf, lastCounted } from './runBases.ts';

const words = studioDialogs.cellTab;
const UNBOUNDED = {};

export function CellTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view, manifest } = run;
  const config = view.planned?.config ?? manifest.config;
  const { derived } = view;
  const epochs = view.phases.search?.genotypes;
  // Steps come many times a second; both lists stay the same objects until there is another cell.
  const bases = useMemo(() => basesOf(view), [derived, epochs]);
  const recorded = useMemo(() => derived.at(-1) ?? lastCounted(view), [derived, epochs]);
  const { cells, channels } = config.network;
  const found = useMemo(
    () =>
      recorded === undefined ? undefined : skeletonOf({ cells, channels }, recorded, config.data.imageSize),
    [recorded, cells, channels, config.data.imageSize],
  );
  // A run that only trains a given cell has a space and bounds on paper alone.
  const hasSearch = view.phases.search !== undefined;
  if (bases.length === 0) {
    return (
      <Empty icon={<Waypoints />} title={words.none}>
        {view.planned?.phases.includes('search') === true ? words.noneAbout : words.noSearch}
      </Empty>
    );
  }
  return (
    <Studio
      draftKey={runDraftKey(runId)}
      bases={bases}
      {...(hasSearch ? { space: config.search.space } : {})}
      skeleton={found?.skeleton}
      isSizeAssumed={found?.isSizeAssumed ?? false}
      budget={hasSearch ? config.search.budget : UNBOUNDED}
      runId={runId}
    />
  );
}
