/** The state of each step as the rail shows it. Pure. */
import type { ConfigIssue } from '../../../core/protocol/libraryApi.ts';
import type { Failure } from '../../../core/protocol/values.ts';
import type { GuideStep } from '../../shell/links.ts';
import { GUIDE_STEPS } from '../../shell/links.ts';

export type StepProblems = Readonly<Record<GuideStep, readonly ConfigIssue[]>>;

export type StepState =
  | { readonly kind: 'problems'; readonly count: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'open' };

/** A step with mistakes says so even before it was visited: an experiment file may bring them. */
export function stepState(step: GuideStep, problems: StepProblems, visited: readonly GuideStep[]): StepState {
  const { length: count } = problems[step];
  if (count > 0) return { kind: 'problems', count };
  return visited.includes(step) ? { kind: 'done' } : { kind: 'open' };
}

/** Data that could not be read is a mistake of the data set, unless somebody stopped the reading. */
export function dataProblem(failure: Failure): readonly ConfigIssue[] {
  if (failure.code === 'cancelled' || failure.code === 'disconnected') return [];
  return [{ path: ['data', 'source'], message: failure.message, hint: failure.hint }];
}

export function stepBefore(step: GuideStep): GuideStep | undefined {
  return GUIDE_STEPS.at(0) === step ? undefined : GUIDE_STEPS[GUIDE_STEPS.indexOf(step) - 1];
}

export function stepAfter(step: GuideStep): GuideStep | undefined {
  return GUIDE_STEPS[GUIDE_STEPS.indexOf(step) + 1];
}

export function isGuideStep(name: string): name is GuideStep {
  return GUIDE_STEPS.some((step) => step === name);
}
