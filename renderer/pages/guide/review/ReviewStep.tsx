/** The last step: everything at a glance, what it will take, and what runs. */
import { useStepProblems } from '../useStepProblems.ts';
import { ExecutorNote } from './ExecutorNote.tsx';
import { FileCard } from './FileCard.tsx';
import { ForecastCard } from './ForecastCard.tsx';
import { IdentityCard } from './IdentityCard.tsx';
import { PlanCard } from './PlanCard.tsx';
import './review.css';
import { SummaryCard } from './SummaryCard.tsx';
import { usePlan } from './usePlan.ts';

export function ReviewStep() {
  const problems = useStepProblems();
  const plan = usePlan();
  const isReady = Object.values(problems).every((issues) => issues.length === 0);
  return (
    <div className="review">
      <div className="stack">
        <ExecutorNote />
        <IdentityCard />
        <SummaryCard problems={problems} />
        <FileCard />
      </div>
      <div className="stack">
        <ForecastCard plan={plan} isReady={isReady} />
        <PlanCard />
      </div>
    </div>
  );
}
