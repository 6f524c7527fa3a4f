/** What the trainings of a run are: planned, under way or done, by which recipe, with what result. */
import type { Catalog } from '../../../../core/protocol/catalog.ts';
import { over255 } from '../../../../core/report/format.ts';
import type { Phase } from '../../../../core/runs/events.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { PhaseView, RunView } from '../../../../core/runs/runView.ts';
import type { PhaseProgress, RunCourse } from '../../../store/runCourse.ts';
import { planProgress } from '../../../store/runCourse.ts';
import { training as texts } from '../../../texts/training.ts';

export type NetworkLabel = 'found' | 'random';
export const NETWORKS: readonly NetworkLabel[] = ['found', 'random'];
export const PHASE_OF = { found: 'retrain', random: 'baseline' } as const satisfies Record<
  NetworkLabel,
  Phase
>;

export interface Training {
  readonly label: NetworkLabel;
  readonly state: keyof typeof texts.states;
  readonly phase?: PhaseView;
  readonly progress?: PhaseProgress;
  readonly result?: RunView['retrained'][number];
}

/** @param isAtWork whether anything works on the run */
export function trainingOf(
  label: NetworkLabel,
  view: RunView,
  course: RunCourse,
  isAtWork: boolean,
): Training {
  const name = PHASE_OF[label];
  const phase = view.phases[name];
  const progress = planProgress(course, view).find((one) => one.phase === name);
  const result = view.retrained.find((one) => one.label === label);
  const base = {
    label,
    ...(phase === undefined ? {} : { phase }),
    ...(progress === undefined ? {} : { progress }),
    ...(result === undefined ? {} : { result }),
  };
  if (progress?.state === 'current') return { ...base, state: isAtWork ? 'running' : 'waiting' };
  if (progress?.state === 'ahead') return { ...base, state: 'planned' };
  return { ...base, state: result === undefined ? 'none' : 'done' };
}

/** On which images the accuracies of training are: under which attack, network by network where they differ. */
export function accuracyNote(view: RunView, recipe: string, batchSize: number): string {
  const notes = NETWORKS.flatMap((label) => {
    const phase = view.phases[PHASE_OF[label]];
    if (phase === undefined) return [];
    const { adversarialTrainAccuracy: attacked } = phase.series;
    if (attacked === undefined || attacked.steps.length === 0) return [{ label, words: texts.clean }];
    // A training under way has the recipe of the plan; what an earlier one has recorded may be another.
    const recorded = view.retrained.find((one) => one.label === label);
    const words = phase.seconds === undefined ? recipe : (recorded?.recipe ?? recipe);
    const isEarlier = phase.startedAt < (view.planned?.at ?? 0);
    return [{ label, words: isEarlier ? texts.attackedBefore(words) : texts.attacked(words, batchSize) }];
  });
  const [first, second] = notes;
  if (first === undefined) return '';
  if (second === undefined || hasSameConditions(view)) return first.words;
  return notes.map(({ label, words }) => `${texts.networks[label]}: ${words}`).join(' ');
}

/** Whether both networks were, or are being, trained alike. Only then do their accuracies compare. */
export function hasSameConditions({ phases, planned, retrained }: RunView): boolean {
  const { retrain, baseline } = phases;
  if (retrain === undefined || baseline === undefined) return false;
  if (retrain.seconds === undefined || baseline.seconds === undefined) {
    const since = planned?.at ?? 0;
    return retrain.startedAt >= since && baseline.startedAt >= since;
  }
  const recipeOf = (label: NetworkLabel): string | undefined =>
    retrained.find((one) => one.label === label)?.recipe;
  return (
    recipeOf('found') === recipeOf('random') && retrain.progress.totalSteps === baseline.progress.totalSteps
  );
}

/** The recipe in words, before a training has recorded its own. */
export function recipeWords({ retrain }: RunConfig, catalog: Catalog | undefined): string {
  const { id, config } = retrain.recipe;
  const entry = catalog?.recipes.find((one) => one.id === id);
  const epsilon = numberOf('epsilon');
  if (epsilon === undefined) return id === 'standard' ? texts.standard : (entry?.title ?? id);
  return texts.adversarial(entry?.title ?? id, over255(epsilon), numberOf('steps') ?? 1);

  function numberOf(name: string): number | undefined {
    const properties = entry?.settings.properties as
      Readonly<Record<string, { readonly default?: unknown }>> | undefined;
    const value = config[name] ?? properties?.[name]?.default;
    return typeof value === 'number' ? value : undefined;
  }
}
