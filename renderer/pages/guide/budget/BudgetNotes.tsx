/** What is doubtful about a budget: out of reach, or hardly anything but pooling and skip connections left. */
import { useMemo } from 'react';
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import { count } from '../../../../core/report/format.ts';
import type { ReachableRange } from '../../../../core/searchSpace/range.ts';
import type { Budget, SearchSpace, Skeleton } from '../../../../core/searchSpace/space.ts';
import { useDraft } from '../../../store/draft.ts';
import { budget as words } from '../../../texts/budget.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { boundsThatAre } from '../space/plan.ts';
import { outOfReach, withNearest } from './reach.ts';
import type { SizeSample } from './sizes.ts';
import { collapseRisk, convolutionRoom, summariseSamples } from './sizes.ts';

export function BudgetNotes({
  space,
  network,
  budget,
  range,
  samples,
  issues,
}: {
  readonly space: SearchSpace;
  readonly network: Skeleton;
  readonly budget: Budget;
  readonly range: ReachableRange;
  readonly samples: readonly SizeSample[];
  readonly issues: readonly ConfigIssue[];
}) {
  const misses = outOfReach(budget, range);
  const room = useMemo(() => convolutionRoom(space, network, budget), [space, network, budget]);
  const summary = useMemo(() => summariseSamples(samples, budget), [samples, budget]);
  if (misses.length > 0) {
    return misses.map(({ quantity, networksAre, bound, nearest }) => (
      <Note
        key={quantity}
        tone="bad"
        title={words.outside[networksAre](words.quantities[quantity], count(bound), count(nearest))}
      >
        <div className="stack tight">
          <span>{words.outsideHint}</span>
          <div>
            <Button
              size="small"
              onClick={() =>
                useDraft
                  .getState()
                  .update(['search', 'budget'], (newest) => withNearest(boundsThatAre(newest), misses))
              }
            >
              {words.takeNearest}
            </Button>
          </div>
        </div>
      </Note>
    ));
  }
  // Of the budget as a whole; those of one bound stand at its field.
  const whole = issues.filter(({ path }) => path.length === 2);
  if (whole.length > 0) {
    return whole.map(({ message, hint }) => (
      <Note key={message} tone="bad" title={message}>
        {hint}
      </Note>
    ));
  }
  const risk = collapseRisk(room, summary);
  if (risk === undefined) return undefined;
  return (
    <Note tone="warn" title={words.collapse}>
      {risk === 'room'
        ? words.collapseRoom(room.most, room.edges)
        : words.collapseShare(summary.freeShareInside ?? 1)}
    </Note>
  );
}
