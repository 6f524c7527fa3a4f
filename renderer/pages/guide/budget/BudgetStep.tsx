/** The step of the guide that bounds the size of the network and says what the search aims at. */
import { useDraft } from '../../../store/draft.ts';
import { issuesBelow } from '../../../store/guideIssues.ts';
import { links } from '../../../shell/links.ts';
import { budget as words } from '../../../texts/budget.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Note } from '../../../ui/feedback.tsx';
import { usePlan } from '../space/usePlan.ts';
import { BudgetNotes } from './BudgetNotes.tsx';
import { ObjectivesCard } from './ObjectivesCard.tsx';
import { PublishedCells } from './PublishedCells.tsx';
import { SizeBounds } from './SizeBounds.tsx';
import { rangeOf } from './sizes.ts';
import { useSizeSamples } from './useSizeSamples.ts';
import { useMemo, useState } from 'react';
import type { SizeUnit } from './units.ts';
import { quantityOf } from './units.ts';
import './budget.css';

export function BudgetStep() {
  return (
    <div className="stack guide-budget">
      <SizeCard />
      <ObjectivesCard />
    </div>
  );
}

function SizeCard() {
  const plan = usePlan();
  const { space, network, budget } = plan;
  const [unit, setUnit] = useState<SizeUnit>('params');
  const samples = useSizeSamples(space, network);
  const range = useMemo(
    () => (space === undefined || network === undefined ? undefined : rangeOf(space, network)),
    [space, network],
  );
  const checked = useDraft((state) => state.checked);
  const issues = issuesBelow(checked, ['search', 'budget']);
  if (space === undefined || network === undefined || range === undefined) {
    return (
      <Card title={words.size} about={words.sizeAbout}>
        <Note tone="bad" title={words.noRange}>
          <div className="stack tight">
            <span>{words.noRangeHint}</span>
            <div>
              <LinkButton to={links.guide('space')} size="small">
                {words.toSpace}
              </LinkButton>
            </div>
          </div>
        </Note>
      </Card>
    );
  }
  return (
    <Card title={words.size} about={words.sizeAbout}>
      <div className="stack">
        <SizeBounds
          plan={{ space, network, budget, isImageKnown: plan.isImageKnown }}
          range={range}
          unit={unit}
          onUnit={setUnit}
          samples={samples}
          issues={issues}
        />
        <BudgetNotes
          space={space}
          network={network}
          budget={budget}
          range={range}
          samples={samples}
          issues={issues}
        />
        <PublishedCells space={space} network={network} quantity={quantityOf(unit)} />
      </div>
    </Card>
  );
}
