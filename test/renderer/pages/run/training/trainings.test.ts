import { describe, expect, it } from 'vitest';
import type { NewRunEvent, RunEvent } from '../../../../../core/runs/events.ts';
import { reduceEvents } from '../../../../../core/runs/reduceEvents.ts';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import type { RunView } from '../../../../../core/runs/runView.ts';
import { emptyView } from '../../../../../core/runs/runView.ts';
import { trainingLines, trainingPlans } from '../../../../../renderer/pages/run/training/trainingCharts.ts';
import {
  accuracyNote,
  hasSameConditions,
  trainingOf,
} from '../../../../../renderer/pages/run/training/trainings.ts';
import { followEvents, noCourse } from '../../../../../renderer/store/runCourse.ts';
import { training as texts } from '../../../../../renderer/texts/training.ts';

const cell = { edges: [], concat: [] };
type Name = 'retrain' | 'baseline';
const plan = (...phases: Name[]): NewRunEvent => ({ kind: 'planned', phases, config: RunConfig.parse({}) });
const begin = (phase: Name, totalSteps = 4): NewRunEvent => ({
  kind: 'phase',
  phase,
  totalSteps,
  epochs: 2,
  device: 'cpu',
});
const step = (phase: Name, metric: string): NewRunEvent => ({
  kind: 'step',
  phase,
  step: 1,
  epoch: 0,
  metrics: { trainLoss: 1, [metric]: 0.5 },
});
const end = (phase: Name, recipe: string): NewRunEvent[] => [
  {
    kind: 'retrained',
    genotype: { normal: cell, reduce: cell },
    params: 1,
    macs: 1,
    recipe,
    label: phase === 'retrain' ? 'found' : 'random',
    path: 'networks/x',
    validationAccuracy: 0.5,
  },
  { kind: 'finished', phase, seconds: 1 },
];
const train = (phase: Name, metric: string, recipe: string, steps = 4): NewRunEvent[] => [
  begin(phase, steps),
  step(phase, metric),
  ...end(phase, recipe),
];
const after = (...events: NewRunEvent[]): { view: RunView; events: readonly RunEvent[] } => {
  const stamped = events.map((event, at) => ({ ...event, at }) as RunEvent);
  return { view: reduceEvents(emptyView, stamped), events: stamped };
};

const ATTACKED = 'adversarialTrainAccuracy';
const both = plan('retrain', 'baseline');
const alike = after(both, ...train('retrain', ATTACKED, 'PGD'), ...train('baseline', ATTACKED, 'PGD'));
const again = after(
  both,
  ...train('retrain', ATTACKED, 'PGD'),
  ...train('baseline', ATTACKED, 'PGD'),
  plan('retrain'),
  ...train('retrain', 'trainAccuracy', 'standard'),
);

describe('two networks', () => {
  it('compare when they were trained by one recipe, as long', () => {
    expect(hasSameConditions(alike.view)).toBe(true);
    expect(hasSameConditions(again.view)).toBe(false);
    const longer = after(
      both,
      ...train('retrain', ATTACKED, 'PGD', 8),
      ...train('baseline', ATTACKED, 'PGD'),
    );
    expect(hasSameConditions(longer.view)).toBe(false);
  });

  it('compare while they are being trained by one plan, and not with one of an earlier plan', () => {
    const during = after(both, ...train('retrain', ATTACKED, 'PGD'), begin('baseline'));
    expect(hasSameConditions(during.view)).toBe(true);
    const anew = after(
      both,
      ...train('retrain', ATTACKED, 'PGD'),
      ...train('baseline', ATTACKED, 'PGD'),
      plan('retrain'),
      begin('retrain'),
    );
    expect(hasSameConditions(anew.view)).toBe(false);
  });
});

describe('the accuracies of training', () => {
  it('are told with the attack, once where both are alike', () => {
    expect(accuracyNote(alike.view, 'planned', 8)).toBe(texts.attacked('PGD', 8));
  });

  it('are told network by network where only one is attacked', () => {
    expect(accuracyNote(again.view, 'planned', 8)).toBe(
      `Found network: ${texts.clean} Random baseline: ${texts.attackedBefore('PGD')}`,
    );
  });

  it('are those of the recipe of the plan while a training is under way', () => {
    const during = after(both, begin('retrain'), step('retrain', ATTACKED));
    expect(accuracyNote(during.view, 'planned', 8)).toBe(texts.attacked('planned', 8));
  });

  it('are one line for each network, whatever was trained before', () => {
    const [, accuracy] = trainingPlans('');
    const labels = trainingLines(accuracy, again.view).map(({ label }) => label);
    expect(labels).toEqual(['Found network', 'Random baseline']);
  });
});

describe('a training', () => {
  const stateOf = (events: readonly NewRunEvent[], isAtWork = true) => {
    const { view, events: stamped } = after(...events);
    return (['found', 'random'] as const).map(
      (label) => trainingOf(label, view, followEvents(noCourse, stamped), isAtWork).state,
    );
  };

  it('is planned, under way, at rest, done or none', () => {
    expect(stateOf([plan('retrain')])).toEqual(['planned', 'none']);
    expect(stateOf([both, begin('retrain')])).toEqual(['running', 'planned']);
    expect(stateOf([both, begin('retrain')], false)).toEqual(['waiting', 'planned']);
    expect(stateOf([both, ...train('retrain', ATTACKED, 'PGD'), begin('baseline')])).toEqual([
      'done',
      'running',
    ]);
  });
});
