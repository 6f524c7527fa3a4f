/** The cell of a run in the studio: what was found, cells of earlier epochs, the random baseline. */
import { Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import type { LiveRun } from '../../../store/liveRuns.ts';
import type { StudioBasis } from '../../../studio/Studio.tsx';
import { Studio } from '../../../studio/Studio.tsx';
import { skeletonOf } from '../../../studio/model/skeletonOf.ts';
import { studioDialogs } from '../../../texts/studioDialogs.ts';
import { Empty } from '../../../ui/feedback.tsx';

const words = studioDialogs.cellTab;

export function CellTab({ runId, run }: { readonly runId: RunId; readonly run: LiveRun }) {
  const { view, manifest } = run;
  const config = view.planned?.config ?? manifest.config;
  const { derived } = view;
  const epochs = view.phases.search?.genotypes;
  const bases = useMemo(() => basesOf(view), [derived, epochs]);
  const recorded = derived.at(-1) ?? lastCounted(view);
  const { cells, channels } = config.network;
  const found = useMemo(
    () =>
      recorded === undefined ? undefined : skeletonOf({ cells, channels }, recorded, config.data.imageSize),
    [recorded, cells, channels, config.data.imageSize],
  );
  if (bases.length === 0) {
    return (
      <Empty icon={<Waypoints />} title={words.none}>
        {view.planned?.phases.includes('search') === true ? words.noneAbout : words.noSearch}
      </Empty>
    );
  }
  return (
    <Studio
      draftKey={`run:${runId}`}
      bases={bases}
      space={config.search.space}
      skeleton={found?.skeleton}
      isSizeAssumed={found?.isSizeAssumed ?? false}
      budget={config.search.budget}
      runId={runId}
    />
  );
}

/** What can be opened, the result first; each with the alphas that belong to it. */
function basesOf({ derived, phases }: RunView): readonly StudioBasis[] {
  const epochs = phases.search?.epochs ?? [];
  const last = epochs.findLast(({ edgeWeights }) => edgeWeights !== undefined)?.edgeWeights;
  const weightsOf = (epoch: number) => {
    const weights = epochs.find((one) => one.epoch === epoch)?.edgeWeights;
    return weights === undefined ? {} : { weights };
  };
  const results = derived.map(({ genotype, strategy }): StudioBasis => {
    const id = strategy === 'baseline' ? 'baseline' : strategy === 'given' ? 'given' : 'found';
    return { id, title: words[id], genotype, ...(last === undefined ? {} : { weights: last }) };
  });
  const changes = (phases.search?.genotypes ?? []).map(({ epoch, genotype }): StudioBasis => ({
    id: `epoch:${epoch}`,
    title: words.soFar(epoch + 1),
    genotype,
    ...weightsOf(epoch),
  }));
  const latest = new Map(results.map((basis) => [basis.id, basis]));
  const ordered = (['given', 'found', 'baseline'] as const).flatMap((id) => latest.get(id) ?? []);
  return [...ordered, ...changes.toReversed()];
}

/** While the search goes on: the latest cell whose parameters were counted. */
function lastCounted({ phases }: RunView) {
  const change = phases.search?.genotypes.findLast(({ params }) => params !== undefined);
  return change?.params === undefined ? undefined : { genotype: change.genotype, params: change.params };
}
