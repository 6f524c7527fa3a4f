/** Which figures of a search are drawn together, on which axes, against which bounds. */
import { boundsOf, boundsText } from '../../../../core/report/compare.ts';
import { compact, percent, significant } from '../../../../core/report/format.ts';
import { metricName } from '../../../../core/report/names.ts';
import type { RunConfig } from '../../../../core/runs/runConfig.ts';
import type { LineChartProps } from '../../../charts/lineTypes.ts';
import { watch } from '../../../texts/watch.ts';

export type ChartGroup = keyof typeof watch.groups;

export interface ChartPlan {
  readonly key: string;
  readonly group: ChartGroup;
  readonly title: string;
  readonly note?: string | undefined;
  takes(metric: string): boolean;
  readonly nameOf?: (metric: string) => string;
  readonly range?: readonly [number, number];
  readonly band?: LineChartProps['band'];
  readonly show?: (value: number) => string;
  /** On the axis, where shorter. */
  readonly showAxis?: (value: number) => string;
  /** Known exactly at every step: a mean over steps would show what never was. */
  readonly isExact?: boolean;
  /** Whether a logarithm makes sense of it. */
  readonly isLoggable?: boolean;
}

/** The size of the genotype that an epoch ended with; journals have it beside the metrics. */
export const DERIVED_PARAMS = 'derivedParams';

const share = (value: number): string => percent(value, 0);
const bytes = (value: number): string => `${compact(value)}B`;
/** With as many digits as ticks that lie close need. */
const megabytes = (value: number): string => `${significant(value / 1e6)}\u202fMB`;
const { chart } = watch;

/** In the order in which they stand. The first that takes a figure draws it. */
export function searchPlans(config: RunConfig, attackNote: string | undefined): readonly ChartPlan[] {
  return [
    {
      key: 'losses',
      group: 'losses',
      title: chart.losses,
      note: chart.lossesNote,
      takes: (metric) => /loss$/i.test(metric) && !metric.includes('.'),
      isLoggable: true,
    },
    {
      key: 'accuracy',
      group: 'losses',
      title: chart.accuracy,
      note: attackNote === undefined ? chart.accuracyNote : `${chart.accuracyNote} ${attackNote}`,
      takes: (metric) => /accuracy$/i.test(metric),
      range: [0, 1],
      show: percent,
      showAxis: share,
    },
    sizePlan('params', config),
    sizePlan('macs', config),
    {
      key: 'mgda',
      group: 'objectives',
      title: chart.mgda,
      note: chart.mgdaNote,
      takes: (metric) => metric.startsWith('mgda.'),
      nameOf: (metric) => metricName(metric.slice('mgda.'.length)),
      range: [0, 1],
    },
    {
      key: 'objectives',
      group: 'objectives',
      title: chart.objectiveLosses,
      takes: (metric) => metric.startsWith('loss.'),
      nameOf: (metric) => metricName(metric.slice('loss.'.length)),
      isLoggable: true,
    },
    {
      key: 'settled',
      group: 'alphas',
      title: chart.settled,
      note: chart.settledNote,
      takes: (metric) => ['alphaEntropy', 'betaEntropy', 'genotypeStability'].includes(metric),
      range: [0, 1],
    },
    single('parameterFreeShare', 'alphas', chart.parameterFree, {
      note: chart.parameterFreeNote,
      range: [0, 1],
      show: share,
    }),
    single('skips', 'alphas', chart.skips, { note: chart.skipsNote }),
    ...stepPlans,
  ];
}

/** What every phase of steps has. */
export const stepPlans: readonly ChartPlan[] = [
  single('learningRate', 'optimiser', chart.learningRate, { isLoggable: true, isExact: true }),
  single('gradNorm', 'optimiser', chart.gradNorm, { note: chart.gradNormNote, isLoggable: true }),
  single('stepsPerSecond', 'optimiser', chart.throughput, {}),
  single('memoryBytes', 'optimiser', chart.memory, { show: bytes, showAxis: megabytes, isExact: true }),
];

/** A chart for a figure that no plan knows. */
export function planOf(metric: string): ChartPlan {
  const name = metricName(metric);
  const isShare = /share$/i.test(metric);
  return {
    key: metric,
    group: 'others',
    title: name.charAt(0).toUpperCase() + name.slice(1),
    takes: (other) => other === metric,
    ...(isShare ? { range: [0, 1] as const, show: share } : {}),
  };
}

function single(
  metric: string,
  group: ChartGroup,
  title: string,
  rest: Omit<ChartPlan, 'key' | 'group' | 'title' | 'takes'>,
): ChartPlan {
  return { key: metric, group, title, takes: (other) => other === metric, ...rest };
}

function sizePlan(quantity: 'params' | 'macs', { search: { budget } }: RunConfig): ChartPlan {
  const bounds = boundsOf(budget, quantity);
  const text = boundsText(bounds);
  const expected = quantity === 'params' ? 'expectedParams' : 'expectedMacs';
  return {
    key: quantity,
    group: 'objectives',
    title: chart[quantity],
    note: quantity === 'params' ? chart.paramsNote : chart.macsNote,
    takes: (metric) =>
      metric === expected || metric === quantity || (quantity === 'params' && metric === DERIVED_PARAMS),
    nameOf: (metric) =>
      metric === expected ? watch.expected : metric === DERIVED_PARAMS ? watch.derived : watch.drawn,
    show: compact,
    ...(text === undefined ? {} : { band: { label: watch.bounds(text), ...bounds } }),
  };
}

/** How a value of a chart is written. */
export function showOf({ show }: ChartPlan): (value: number) => string {
  return show ?? significant;
}
