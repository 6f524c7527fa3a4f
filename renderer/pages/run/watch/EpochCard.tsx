/** Alphas and derived cells at an epoch that one can scrub to; by default the latest. */
import { useMemo } from 'react';
import type { RunId } from '../../../../core/protocol/values.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import { useSessionState } from '../../../store/sessionState.ts';
import { watch } from '../../../texts/watch.ts';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/feedback.tsx';
import { AlphaMaps } from './AlphaMaps.tsx';
import { DerivedCells } from './DerivedCells.tsx';
import { EpochBar } from './EpochBar.tsx';
import type { EpochEnd } from './epochs.ts';
import { alphaCourse, changePlaces } from './epochs.ts';

/** Scrubbed to no epoch: the latest one, whichever it is. */
const LATEST = -1;

export function EpochCard({
  runId,
  config,
  epochs,
}: {
  readonly runId: RunId;
  readonly config: RunConfig;
  readonly epochs: readonly EpochEnd[];
}) {
  const [chosen, choose] = useSessionState<number>(`watch.epoch.${runId}`, LATEST);
  const { space, budget } = config.search;
  const alphas = useMemo(() => alphaCourse(epochs, space), [epochs, space]);
  const changes = useMemo(() => changePlaces(epochs), [epochs]);
  if (epochs.length === 0) {
    return (
      <Card title={watch.epochHead}>
        <Empty title={watch.noAlphas}>{watch.noAlphasAbout}</Empty>
      </Card>
    );
  }
  const last = epochs.length - 1;
  const isFollowing = chosen === LATEST || chosen > last;
  const place = isFollowing ? last : chosen;
  return (
    <Card title={watch.epochHead} about={watch.epochAbout} className="epoch-card">
      <EpochBar
        epochs={epochs}
        place={place}
        changes={changes}
        isFollowing={isFollowing}
        onPlace={choose}
        onFollow={() => choose(LATEST)}
      />
      <DerivedCells epochs={epochs} place={place} budget={budget} />
      {alphas === undefined ? (
        <p className="soft">{watch.noAlphasHere}</p>
      ) : (
        <AlphaMaps
          course={alphas}
          nodes={space.nodes}
          epoch={epochs[place].epoch}
          onEpoch={(epoch) => choose(epochs.findIndex((end) => end.epoch === epoch))}
        />
      )}
    </Card>
  );
}
