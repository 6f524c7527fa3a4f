/** The cells of a run that can be opened in the studio. */
import type { RunEvent } from '../../../../core/runs/events.ts';
import type { RunView } from '../../../../core/runs/runView.ts';
import type { StudioBasis } from '../../../studio/Studio.tsx';
import type { Recorded } from '../../../studio/model/skeletonOf.ts';
import { studioDialogs } from '../../../texts/studioDialogs.ts';

const words = studioDialogs.cellTab;

type EpochEnd = Extract<RunEvent, { kind: 'epoch' }>;

/** What can be opened, the result first; each with the alphas that belong to it. */
export function basesOf({ derived, phases }: RunView): readonly StudioBasis[] {
  const epochs = phases.search?.epochs ?? [];
  const last = strengthsOf(epochs.findLast(({ edgeWeights }) => edgeWeights !== undefined));
  const results = derived.map(({ genotype, strategy }): StudioBasis => {
    const id = strategy === 'baseline' ? 'baseline' : strategy === 'given' ? 'given' : 'found';
    return { id, title: words[id], genotype, ...last };
  });
  const changes = (phases.search?.genotypes ?? []).map(({ epoch, genotype }): StudioBasis => ({
    id: `epoch:${epoch}`,
    title: words.soFar(epoch + 1),
    genotype,
    ...strengthsOf(epochs.find((one) => one.epoch === epoch)),
  }));
  const latest = new Map(results.map((basis) => [basis.id, basis]));
  const ordered = (['given', 'found', 'baseline'] as const).flatMap((id) => latest.get(id) ?? []);
  return [...ordered, ...changes.toReversed()];
}

function strengthsOf(epoch: EpochEnd | undefined): Pick<StudioBasis, 'weights' | 'shares'> {
  const { edgeWeights: weights, edgeShares: shares } = epoch ?? {};
  return { ...(weights === undefined ? {} : { weights }), ...(shares === undefined ? {} : { shares }) };
}

/** While the search goes on: the latest cell whose parameters were counted. */
export function lastCounted({ phases }: RunView): Recorded | undefined {
  const change = phases.search?.genotypes.findLast(({ params }) => params !== undefined);
  return change?.params === undefined ? undefined : { genotype: change.genotype, params: change.params };
}
