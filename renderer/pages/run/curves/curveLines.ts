/** The figures of a phase as lines: those of its steps, and those of the ends of its epochs. */
import { metricName } from '../../../../core/report/names.ts';
import type { PhaseView } from '../../../../core/runs/runView.ts';
import type { Line } from '../../../charts/lineTypes.ts';
import { watch } from '../../../texts/watch.ts';
import type { ChartPlan } from './chartPlans.ts';
import { DERIVED_PARAMS, planOf } from './chartPlans.ts';

/** A figure that a phase has recorded. */
export interface Figure {
  readonly metric: string;
  readonly of: 'steps' | 'epochs';
}

export interface PlannedChart {
  readonly plan: ChartPlan;
  readonly figures: readonly Figure[];
}

/** More could not be told apart. */
const MOST_LINES = 6;

export function figuresOf(phase: PhaseView): readonly Figure[] {
  // What a run went back behind leaves curves without points.
  const ofSteps = Object.entries(phase.series).flatMap(([metric, { steps }]): Figure[] =>
    steps.length === 0 ? [] : [{ metric, of: 'steps' }],
  );
  return [...ofSteps, ...Object.keys(columnsOf(phase)).map((metric): Figure => ({ metric, of: 'epochs' }))];
}

/** Every figure in the chart of the first plan that takes it; the rest in charts of their own. */
export function chartsOf(plans: readonly ChartPlan[], figures: readonly Figure[]): readonly PlannedChart[] {
  const taken = new Set<Figure>();
  const planned = plans.flatMap((plan) => {
    const mine = figures.filter((figure) => !taken.has(figure) && plan.takes(figure.metric));
    mine.forEach((figure) => taken.add(figure));
    return inParts(mine).map((part, i) => ({
      plan: i === 0 ? plan : { ...plan, key: `${plan.key}-${i + 1}` },
      figures: part,
    }));
  });
  const rest = figures.filter((figure) => !taken.has(figure));
  const names = [...new Set(rest.map(({ metric }) => metric))];
  const single = names.map((metric) => ({
    plan: planOf(metric),
    figures: rest.filter((figure) => figure.metric === metric),
  }));
  return [...planned, ...single];
}

function inParts(figures: readonly Figure[]): readonly (readonly Figure[])[] {
  return Array.from({ length: Math.ceil(figures.length / MOST_LINES) }, (_, i) =>
    figures.slice(i * MOST_LINES, (i + 1) * MOST_LINES),
  );
}

/** The lines of a chart as of now. */
export function linesOf({ plan, figures }: PlannedChart, phase: PhaseView | undefined): readonly Line[] {
  return figures.map(({ metric, of }) => {
    const hasBoth = figures.some((other) => other.metric === metric && other.of !== of);
    const name = (plan.nameOf ?? metricName)(metric);
    const label = hasBoth && of === 'epochs' ? watch.endOfEpoch(name) : name;
    if (phase === undefined) return { label, xs: [], ys: [] };
    if (of === 'epochs') return { label, ...(columnsOf(phase)[metric] ?? NOTHING), hasPoints: true };
    const series = phase.series[metric];
    return { label, xs: series?.steps ?? [], ys: series?.values ?? [] };
  });
}

interface Column {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

const NOTHING: Column = { xs: [], ys: [] };
const known = new WeakMap<PhaseView['epochs'], Readonly<Record<string, Column>>>();

/** The figures of the ends of epochs, by name; worked out once for each end of an epoch. */
function columnsOf({ epochs }: PhaseView): Readonly<Record<string, Column>> {
  const found = known.get(epochs);
  if (found !== undefined) return found;
  const columns: Record<string, { xs: number[]; ys: number[] }> = {};
  const add = (metric: string, step: number, value: number): void => {
    columns[metric] ??= { xs: [], ys: [] };
    columns[metric].xs.push(step);
    columns[metric].ys.push(value);
  };
  for (const { step, metrics, params } of epochs) {
    for (const [metric, value] of Object.entries(metrics)) add(metric, step, value);
    if (params !== undefined) add(DERIVED_PARAMS, step, params);
  }
  known.set(epochs, columns);
  return columns;
}
