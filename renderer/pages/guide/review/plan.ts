/** Which phases an experiment consists of: what needs what, and in which order. Pure. */
import type { ConfigIssue } from '../../../../core/protocol/libraryApi.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import { guideReview as words } from '../../../texts/guideReview.ts';

export const PHASES: readonly Phase[] = ['search', 'retrain', 'baseline', 'evaluate', 'export'];

const NEEDS_RETRAINED: readonly Phase[] = ['baseline', 'evaluate', 'export'];

/** Taking a phase in brings along what it needs; taking one out takes along what needs it. */
export function withPhase(phases: readonly Phase[], phase: Phase, isOn: boolean): readonly Phase[] {
  const wanted = new Set(phases);
  if (isOn) {
    wanted.add(phase);
    if (NEEDS_RETRAINED.includes(phase)) wanted.add('retrain');
  } else {
    wanted.delete(phase);
    if (phase === 'retrain') NEEDS_RETRAINED.forEach((one) => wanted.delete(one));
  }
  return PHASES.filter((one) => wanted.has(one));
}

/** Why a phase cannot be switched; undefined where it can. @param isGiven whether the experiment brings a genotype */
export function phaseLocked(phase: Phase, isGiven: boolean): string | undefined {
  if (phase === 'search') return isGiven ? words.hasGenotype : words.needsSearch;
  return phase === 'retrain' && isGiven ? words.needsSearch : undefined;
}

/** What switching a phase on brings along; undefined where nothing. */
export function phaseBrings(phase: Phase, phases: readonly Phase[]): string | undefined {
  return NEEDS_RETRAINED.includes(phase) && !phases.includes('retrain') ? words.needsRetrain : undefined;
}

/** The phases as they can be run: with a search, or without where a genotype is given. */
export function runnablePhases(phases: readonly Phase[], isGiven: boolean): readonly Phase[] {
  if (!isGiven) return withPhase(phases, 'search', true);
  return withPhase(withPhase(phases, 'search', false), 'retrain', true);
}

/** An export without a format writes nothing. */
export function exportProblems(
  phases: readonly Phase[],
  exports: readonly string[] | undefined,
): readonly ConfigIssue[] {
  if (!phases.includes('export') || exports === undefined || exports.length > 0) return [];
  return [{ path: ['exports'], message: words.noFormat, hint: words.noFormatHint }];
}
