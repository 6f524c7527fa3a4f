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

/** Settings of the data that a failed reading is about; any other is about the data set itself. */
const SETTING_OF: Readonly<Record<string, string>> = {
  'limit-too-small': 'limit',
  'test-limit-too-small': 'testLimit',
  'image-size-needed': 'imageSize',
  'not-square': 'imageSize',
  'too-many-pixels': 'imageSize',
};

/**
 * Data that could not be read is a mistake of the setting that says so, unless somebody stopped the reading.
 * @param limit of the draft: where there is one, a class has too few images because of it
 */
export function dataProblem(failure: Failure, limit: unknown): readonly ConfigIssue[] {
  if (failure.code === 'cancelled' || failure.code === 'disconnected') return [];
  const { code, message, hint } = failure;
  const isLimited = code === 'class-too-small' && limit !== undefined;
  const setting = Object.hasOwn(SETTING_OF, code) ? SETTING_OF[code] : isLimited ? 'limit' : 'source';
  return [{ path: ['data', setting], message, hint }];
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
