/** The curves of the search and of the trainings. */
import type { Phase } from '../../runs/events.ts';
import type { PhaseView } from '../../runs/runView.ts';
import type { Report } from '../collect.ts';
import { foundOf } from '../collect.ts';
import { count } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { PHASE_NAMES, metricName } from '../names.ts';
import { lineChart } from '../svg/lineChart.ts';
import type { Chart, ChartLine } from '../svg/chart.ts';
import { MOST_POINTS, thinPoints } from '../svg/thinPoints.ts';
import type { Plan } from './chartPlans.ts';
import { planOf, searchPlans, trainingPlans } from './chartPlans.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

interface Curve {
  readonly metric: string;
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  readonly perEpoch: boolean;
}

const MOST_LINES = 6;
/** So that a journal with hundreds of metrics still makes a page. */
const MOST_OTHERS = 12;

export function searchCurves(report: Report): Section {
  const phase = report.view.phases.search;
  const charts = phase === undefined ? [] : chartsOf(report, 'search', phase);
  const body =
    charts.length === 0 ? missing(whyMissing(report, 'search')) : chartGrid(charts, report, 'search');
  return { id: 'search', title: 'Search curves', body };
}

export function trainingCurves(report: Report): Section {
  const parts = (['retrain', 'baseline'] as const).map((name) => {
    const phase = report.view.phases[name];
    const charts = phase === undefined ? [] : chartsOf(report, name, phase);
    const title = name === 'retrain' ? (foundOf(report)?.title ?? 'Found network') : 'Random baseline';
    return markup`<h3>${title}</h3>${charts.length === 0 ? missing(whyMissing(report, name)) : chartGrid(charts, report, name)}`;
  });
  return { id: 'training', title: 'Training curves', body: markup`${parts}` };
}

function chartGrid(charts: readonly Markup[], { view }: Report, name: Phase): Markup {
  const phase = view.phases[name];
  const { step = 0, totalSteps = 0 } = phase?.progress ?? {};
  const isThinned = Object.values(phase?.series ?? {}).some(({ steps }) => steps.length > MOST_POINTS);
  const open = phase?.seconds === undefined && step < totalSteps;
  return markup`${open ? missing(`${PHASE_NAMES[name]} is not finished: the curves end at step ${count(step)} of ${count(totalSteps)}.`) : undefined}
<div class="charts">${charts}</div>${isThinned ? markup`<p class="note">A line of more than ${MOST_POINTS} values is drawn as means of neighbouring ones; the shade spans their least and greatest.</p>` : undefined}`;
}

function chartsOf(report: Report, name: Phase, phase: PhaseView): readonly Markup[] {
  const curves = curvesOf(phase);
  const plans = name === 'search' ? searchPlans(report) : trainingPlans(phase);
  const { step, totalSteps } = phase.progress;
  const steps = Math.max(step, totalSteps);
  const taken = new Set<Curve>();
  const planned = plans.flatMap((plan) => {
    const mine = curves.filter((curve) => !taken.has(curve) && plan.takes(curve.metric));
    mine.forEach((curve) => taken.add(curve));
    // More lines than looks would be told apart by nothing: they go on in a further chart.
    return inParts(mine).map((part, i) =>
      chartOf(`${name}-${plan.key}${i === 0 ? '' : `-${i + 1}`}`, plan, part, steps),
    );
  });
  const others = curves.filter((curve) => !taken.has(curve)).slice(0, MOST_OTHERS);
  const single = others.map((curve, i) =>
    chartOf(`${name}-other-${i}`, planOf(curve.metric), [curve], steps),
  );
  return [...planned, ...single].map(lineChart).filter((chart) => chart !== undefined);
}

function inParts(curves: readonly Curve[]): readonly (readonly Curve[])[] {
  return Array.from({ length: Math.ceil(curves.length / MOST_LINES) }, (_, i) =>
    curves.slice(i * MOST_LINES, (i + 1) * MOST_LINES),
  );
}

/** Of the steps, and of the ends of the epochs; where both have a name, the one of the epochs says so. */
function curvesOf({ series, epochs }: PhaseView): readonly Curve[] {
  const ofSteps = Object.entries(series).map(([metric, { steps, values }]) => ({
    metric,
    xs: steps,
    ys: values,
    perEpoch: false,
  }));
  const names = new Set(epochs.flatMap(({ metrics }) => Object.keys(metrics)));
  const ofEpochs = [...names].map((metric) => {
    const rows = epochs.filter(({ metrics }) => Object.hasOwn(metrics, metric));
    return {
      metric,
      xs: rows.map(({ step }) => step),
      ys: rows.map(({ metrics }) => metrics[metric]),
      perEpoch: true,
    };
  });
  const sizes = epochs.flatMap(({ step, params }) => (params === undefined ? [] : [{ step, params }]));
  const derived = {
    metric: 'derivedParams',
    xs: sizes.map(({ step }) => step),
    ys: sizes.map(({ params }) => params),
    perEpoch: true,
  };
  return [...ofSteps, ...ofEpochs, ...(sizes.length > 0 ? [derived] : [])];
}

function chartOf(id: string, plan: Plan, curves: readonly Curve[], steps: number): Chart {
  const thinned = curves.map((curve) => ({ curve, ...thinPoints(curve.xs, curve.ys) }));
  const both = (metric: string) => curves.filter((curve) => curve.metric === metric).length > 1;
  const lines: readonly ChartLine[] = thinned.map(({ curve: { metric, perEpoch }, points }) => ({
    name: (plan.nameOf ?? metricName)(metric) + (perEpoch && both(metric) ? ', end of epoch' : ''),
    points,
  }));
  const { title, yName, unit, yLow, yHigh, band, note } = plan;
  return { id, title, xName: 'step', yName, unit, lines, xLow: 0, xHigh: steps, yLow, yHigh, band, note };
}
