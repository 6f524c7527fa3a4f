/** The guided path: six steps from the data to a started run. */
import type { ComponentType } from 'react';
import { useEffect, useRef } from 'react';
import { Redirect } from 'wouter';
import type { GuideStep } from '../../shell/links.ts';
import { links } from '../../shell/links.ts';
import { useDraft } from '../../store/draft.ts';
import { guide } from '../../texts/guide.ts';
import { Waiting } from '../../ui/feedback.tsx';
import { Page } from '../../ui/Page.tsx';
import { BudgetStep } from './budget/BudgetStep.tsx';
import { DataStep } from './data/DataStep.tsx';
import './guide.css';
import { GuideTools } from './GuideTools.tsx';
import { ReviewStep } from './review/ReviewStep.tsx';
import { SpaceStep } from './space/SpaceStep.tsx';
import { StepFoot } from './StepFoot.tsx';
import { StepRail } from './StepRail.tsx';
import { isGuideStep } from './steps.ts';
import { StrategyStep } from './strategy/StrategyStep.tsx';
import { ThreatStep } from './threat/ThreatStep.tsx';
import { useGuideDrop } from './useGuideDrop.ts';
import { useGuideKeys } from './useGuideKeys.ts';
import { useStepProblems } from './useStepProblems.ts';

const STEPS: Readonly<Record<GuideStep, ComponentType>> = {
  data: DataStep,
  space: SpaceStep,
  budget: BudgetStep,
  threat: ThreatStep,
  strategy: StrategyStep,
  review: ReviewStep,
};

export function GuidePage({ step }: { readonly step: string }) {
  return isGuideStep(step) ? <Guide step={step} /> : <Redirect to={links.guide('data')} replace />;
}

function Guide({ step }: { readonly step: GuideStep }) {
  const status = useDraft((state) => state.status);
  const visited = useDraft((state) => state.visited);
  const visit = useDraft((state) => state.visit);
  const problems = useStepProblems();
  const isOver = useGuideDrop();
  useGuideKeys();
  // Another experiment in the draft is one of which nothing was visited.
  useEffect(() => visit(step), [step, status, visited, visit]);
  useStepFocus(step);
  const { title, about } = guide.steps[step];
  const Step = STEPS[step];
  return (
    <Page title={title} about={about} actions={<GuideTools />}>
      <StepRail current={step} problems={problems} visited={visited} />
      {status === 'loading' ? (
        <Waiting label={guide.loading} />
      ) : (
        <>
          <Step />
          <StepFoot key={step} step={step} problems={problems} />
        </>
      )}
      {isOver && (
        <div className="drop-veil" aria-hidden>
          {guide.dropHere}
        </div>
      )}
    </Page>
  );
}

/** Another step is another page to a screen reader: its title is read, and it begins at its top. */
function useStepFocus(step: GuideStep): void {
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    document.getElementById('page')?.scrollTo(0, 0);
    document.querySelector<HTMLElement>('.page-head h1')?.focus({ preventScroll: true });
  }, [step]);
}
