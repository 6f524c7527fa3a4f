/** The supernet of the search and the network that will be built: their cells and channels, drawn as stacks. */
import { useMemo } from 'react';
import type { SearchSpace, Skeleton, SupernetSkeleton } from '../../../../core/searchSpace/space.ts';
import { reductionCells } from '../../../../core/searchSpace/topology.ts';
import { useDraft } from '../../../store/draft.ts';
import { usePreferences } from '../../../store/preferences.ts';
import { space as words } from '../../../texts/space.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { Term } from '../../../ui/Term.tsx';
import { ConfigField } from '../strategy/ConfigField.tsx';
import { NetworkStack } from './NetworkStack.tsx';
import type { DraftPlan } from './plan.ts';
import type { Stack } from './spaceFacts.ts';
import { evenSizes, stackOf } from './spaceFacts.ts';

export function NetworksCard({ plan }: { readonly plan: DraftPlan }) {
  const isExpert = usePreferences((state) => state.expert);
  const built = useStack(plan.space, plan.network);
  const supernet = useStack(plan.space, plan.supernet);
  // Both halve the images twice, so that what fails in one nearly always fails in the other.
  const isSame =
    built?.kind === 'failed' &&
    supernet?.kind === 'failed' &&
    built.failure.message === supernet.failure.message;
  return (
    <Card title={words.network} about={words.networkAbout}>
      <div className="space-networks">
        <section className="stack" aria-label={words.built}>
          <h3>{words.built}</h3>
          <SkeletonFields of="network" />
          <DrawnStack title={words.built} stack={built} skeleton={plan.network} />
        </section>
        <section className="stack" aria-label={words.supernet}>
          <h3>{words.supernet}</h3>
          {isExpert ? (
            <SkeletonFields of="search" />
          ) : (
            <p className="soft small num">
              {plan.supernet !== undefined && words.summary(plan.supernet.cells, plan.supernet.channels)}
              {'. '}
              {words.expertSupernet}
            </p>
          )}
          <PartialChannels supernet={plan.supernet} />
          {!isSame && <DrawnStack title={words.supernet} stack={supernet} skeleton={plan.supernet} />}
        </section>
      </div>
      <p className="small soft space-legend">{words.legend}</p>
    </Card>
  );
}

function SkeletonFields({ of }: { readonly of: 'search' | 'network' }) {
  return (
    <div className="skeleton-fields">
      <ConfigField path={[of, 'cells']} title={words.cells} hint={words.cellsHint} />
      <ConfigField path={[of, 'channels']} title={words.channels} hint={words.channelsHint} />
    </div>
  );
}

/** How many of the channels the candidates see, and what that saves. */
function PartialChannels({ supernet }: { readonly supernet: SupernetSkeleton | undefined }) {
  const { channels = 0, partialChannels: parts = 1 } = supernet ?? {};
  return (
    <div className="stack tight">
      <div className="skeleton-fields">
        <ConfigField path={['search', 'partialChannels']} hint={words.partialHint} />
      </div>
      <p className="small soft">
        <Term id="partialChannels">{words.partial}</Term>
        {': '}
        {parts > 1 && channels % parts === 0
          ? words.partialOn(channels / parts, channels, parts)
          : words.partialOff}
      </p>
    </div>
  );
}

function useStack(space: SearchSpace | undefined, skeleton: Skeleton | undefined): Stack | undefined {
  return useMemo(
    () => (space === undefined || skeleton === undefined ? undefined : stackOf(space, skeleton)),
    [space, skeleton],
  );
}

function DrawnStack({
  title,
  stack,
  skeleton,
}: {
  readonly title: string;
  readonly stack: Stack | undefined;
  readonly skeleton: Skeleton | undefined;
}) {
  if (stack === undefined || skeleton === undefined) return undefined;
  if (stack.kind === 'failed') {
    const sizes = evenSizes(skeleton.imageSize, reductionCells(skeleton.cells).length);
    return (
      <Note tone="bad" title={stack.failure.message}>
        <div className="stack tight">
          <span>{stack.failure.hint}</span>
          <div className="buttons">
            {sizes.map((size) => (
              <Button
                key={size}
                size="small"
                onClick={() => useDraft.getState().set(['data', 'imageSize'], size)}
              >
                {words.resizeTo(size)}
              </Button>
            ))}
          </div>
        </div>
      </Note>
    );
  }
  const { classes, imageSize, imageChannels } = skeleton;
  return (
    <NetworkStack
      title={title}
      cells={stack.cells}
      classes={classes}
      imageSize={imageSize}
      imageChannels={imageChannels}
    />
  );
}
