/** The steps in a row: where one is, which are done, which have something to mend. */
import { Check, TriangleAlert } from 'lucide-react';
import { Link } from 'wouter';
import { assertNever } from '../../../core/base/errors.ts';
import type { GuideStep } from '../../shell/links.ts';
import { GUIDE_STEPS, links } from '../../shell/links.ts';
import { guide } from '../../texts/guide.ts';
import type { StepProblems, StepState } from './steps.ts';
import { stepState } from './steps.ts';

export function StepRail({
  current,
  problems,
  visited,
}: {
  readonly current: GuideStep;
  readonly problems: StepProblems;
  readonly visited: readonly GuideStep[];
}) {
  return (
    <nav className="step-rail" aria-label={guide.stepsLabel}>
      <ol>
        {GUIDE_STEPS.map((step, i) => {
          const state = stepState(step, problems, visited);
          return (
            <li key={step}>
              <Link
                href={links.guide(step)}
                className={`step-link ${state.kind}`}
                aria-current={step === current ? 'step' : undefined}
              >
                <span className="step-mark" aria-hidden>
                  {markOf(state, i + 1, step === current)}
                </span>
                <span className="step-words">
                  <span className="step-title">{guide.steps[step].title}</span>
                  <span className="step-state">{wordsOf(state, step === current)}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function markOf(state: StepState, number: number, isCurrent: boolean) {
  switch (state.kind) {
    case 'problems':
      return <TriangleAlert />;
    case 'done':
      return isCurrent ? number : <Check />;
    case 'open':
      return number;
    default:
      return assertNever(state);
  }
}

function wordsOf(state: StepState, isCurrent: boolean): string {
  if (state.kind === 'problems') return guide.states.problems(state.count);
  if (isCurrent) return guide.states.current;
  return guide.states[state.kind];
}
