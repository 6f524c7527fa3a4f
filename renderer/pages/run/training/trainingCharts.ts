/** The charts of the trainings: the found network and the baseline in one, figure by figure. */
import type { RunView } from '../../../../core/runs/runView.ts';
import { percent } from '../../../../core/report/format.ts';
import type { Line } from '../../../charts/lineTypes.ts';
import { training as texts } from '../../../texts/training.ts';
import { watch } from '../../../texts/watch.ts';
import type { ChartPlan } from '../curves/chartPlans.ts';
import { stepPlans } from '../curves/chartPlans.ts';
import { figuresOf, linesOf } from '../curves/curveLines.ts';
import { NETWORKS, PHASE_OF } from './trainings.ts';

const { chart } = watch;
const wholePercent = (value: number): string => percent(value, 0);

/** @param accuracyNote on what, and under which attack, the training accuracy is measured */
export function trainingPlans(accuracyNote: string): readonly ChartPlan[] {
  return [
    {
      key: 'trainLoss',
      group: 'losses',
      title: chart.trainLoss,
      takes: (m) => /loss$/i.test(m),
      isLoggable: true,
    },
    {
      key: 'trainAccuracy',
      group: 'losses',
      title: chart.trainAccuracy,
      note: accuracyNote,
      takes: (m) => /trainAccuracy$/i.test(m),
      range: [0, 1],
      show: percent,
      showAxis: wholePercent,
    },
    {
      key: 'validation',
      group: 'losses',
      title: chart.validation,
      note: chart.validationNote,
      takes: (m) => m === 'validationAccuracy',
      range: [0, 1],
      show: percent,
      showAxis: wholePercent,
    },
    ...stepPlans,
  ];
}

/** The lines of both networks, as far as they have them. The learning rate is the same for both. */
export function trainingLines(plan: ChartPlan, view: RunView): readonly Line[] {
  return NETWORKS.flatMap((label, look) => {
    const phase = view.phases[PHASE_OF[label]];
    if (phase === undefined) return [];
    const figures = figuresOf(phase).filter(({ metric }) => plan.takes(metric));
    return linesOf({ plan, figures }, phase).map((line) => ({ ...line, label: texts.networks[label], look }));
  });
}

/** Plans for which anything is on record. */
export function plansWithLines(plans: readonly ChartPlan[], view: RunView): readonly ChartPlan[] {
  return plans.filter((plan) => trainingLines(plan, view).length > 0);
}
