/** Back and Continue, and why one cannot go on yet. */
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../../core/protocol/values.ts';
import type { GuideStep } from '../../shell/links.ts';
import { GUIDE_STEPS, links } from '../../shell/links.ts';
import { useDraft } from '../../store/draft.ts';
import { guide } from '../../texts/guide.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { FailureNote, Note } from '../../ui/feedback.tsx';
import { IssueList } from './IssueList.tsx';
import { StartButton } from './review/StartButton.tsx';
import type { StepProblems } from './steps.ts';
import { stepAfter, stepBefore } from './steps.ts';

export function StepFoot({ step, problems }: { readonly step: GuideStep; readonly problems: StepProblems }) {
  const [, go] = useLocation();
  const [failure, setFailure] = useState<Failure>();
  const foot = useRef<HTMLElement>(null);
  useHeightTold(foot);
  const issues = problems[step];
  const isChecked = useDraft((state) => state.isChecked);
  const [before, after] = [stepBefore(step), stepAfter(step)];
  const unavailable =
    issues.length > 0
      ? guide.unavailable(issues.map(({ message }) => message))
      : isChecked
        ? undefined
        : guide.checking;
  return (
    <footer className="step-foot" ref={foot}>
      {failure !== undefined && <FailureNote failure={failure} />}
      {issues.length > 0 && (
        <Note tone="warn" title={guide.mendFirst}>
          <IssueList issues={issues} />
        </Note>
      )}
      {step === 'review' && <Elsewhere problems={problems} />}
      <div className="step-buttons">
        {before !== undefined && (
          <LinkButton to={links.guide(before)} icon={<ArrowLeft />}>
            {guide.back}
          </LinkButton>
        )}
        {after !== undefined && (
          <Button tone="primary" unavailable={unavailable} onClick={() => go(links.guide(after))}>
            {guide.continueTo(guide.steps[after].title)}
            <ArrowRight />
          </Button>
        )}
        {step === 'review' && <StartButton problems={problems} onFailure={setFailure} />}
      </div>
    </footer>
  );
}

/** Before the start: what has to be mended in other steps, each with a way there. */
function Elsewhere({ problems }: { readonly problems: StepProblems }) {
  const others = GUIDE_STEPS.filter((other) => other !== 'review' && problems[other].length > 0);
  if (others.length === 0) return undefined;
  return (
    <Note tone="warn" title={guide.mendElsewhere}>
      {others.map((other) => (
        <IssueList key={other} issues={problems[other]} step={other} />
      ))}
    </Note>
  );
}

/** Messages stand above the foot, however high what has to be mended makes it. */
function useHeightTold(foot: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = foot.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--step-foot', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => observer.disconnect();
  }, [foot]);
}
