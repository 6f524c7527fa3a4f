/** Accuracy over the radius of an attack, and which classes are taken for which. */
import type { RobustCounted, RunEvent, ThreatModel } from '../../runs/events.ts';
import type { NetworkResult, Report } from '../collect.ts';
import { attackName, conditions, count, normName } from '../format.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import type { Chart, ChartLine } from '../svg/chart.ts';
import { heatMap } from '../svg/heatMap.ts';
import { lineChart } from '../svg/lineChart.ts';
import type { Section } from './section.ts';
import { missing, whyMissing } from './section.ts';

type Confusion = Extract<RunEvent, { kind: 'confusion' }>;

/** A curve has this many radii at least; fewer stand in the table of results. */
const LEAST_RADII = 3;
/** Names of more classes would not be legible. */
const MOST_CLASSES = 20;

export function robustnessSection(report: Report): Section {
  const curves = curvesOf(report.networks);
  const maps = report.networks.flatMap((network, i) => matricesOf(report, network, `confusion-${i}`));
  const body =
    curves.length + maps.length === 0
      ? missing(whyNothing(report))
      : markup`${curves.length === 0 ? undefined : markup`<div class="charts">${curves}</div>`}${maps}`;
  return { id: 'robustness', title: 'Robustness in detail', body };
}

function whyNothing(report: Report): string {
  return report.networks.some(({ evaluated }) => evaluated !== undefined)
    ? `The evaluation recorded no confusion matrix, and no attack at ${LEAST_RADII} radii or more.`
    : whyMissing(report, 'evaluate');
}

/** What all points of one curve have in common. */
function seriesKey({ attack, norm, steps, restarts, n }: RobustCounted): string {
  return JSON.stringify([attack, norm, steps, restarts, n]);
}

function curvesOf(networks: readonly NetworkResult[]): readonly Markup[] {
  const results = networks.flatMap(({ title, evaluated }) =>
    (evaluated?.robust ?? []).map((robust) => ({ title, robust })),
  );
  const keys = [...new Set(results.map(({ robust }) => seriesKey(robust)))];
  return keys.flatMap((key, i) => {
    const mine = results.filter(({ robust }) => seriesKey(robust) === key);
    const lines = [...new Set(mine.map(({ title }) => title))].flatMap((title): ChartLine[] => {
      const points = mine
        .filter((one) => one.title === title)
        .map(({ robust }) => ({
          x: positionOf(robust),
          y: robust.accuracy,
          low: robust.interval[0],
          high: robust.interval[1],
        }))
        .sort((a, b) => a.x - b.x);
      return points.length < LEAST_RADII ? [] : [{ name: title, points }];
    });
    return lines.length === 0 ? [] : (lineChart(chartOf(i, mine[0].robust, lines)) ?? []);
  });
}

/** Radii are thought of in pixel values of 8 bits where the norm allows it. */
function positionOf({ epsilon, norm }: RobustCounted): number {
  return norm === 'linf' ? epsilon * 255 : epsilon;
}

function chartOf(i: number, robust: RobustCounted, lines: readonly ChartLine[]): Chart {
  const { norm, restarts, n } = robust;
  return {
    id: `radius-${i}`,
    title: `Robust accuracy over ε: ${attackName(robust)}, ${normName(norm)}`,
    xName: norm === 'linf' ? 'ε in 1/255' : 'ε',
    yName: 'accuracy',
    unit: 'percent',
    lines,
    xLow: 0,
    yLow: 0,
    yHigh: 1,
    note: `${count(restarts)} ${restarts === 1 ? 'restart' : 'restarts'}, n = ${count(n)} images of the test split at every radius. The shade spans the 95 % intervals; step sizes stand in the table of results.`,
  };
}

/** Of unchanged images and of the last attack. */
function matricesOf(
  { view }: Report,
  { label, title, evaluated }: NetworkResult,
  id: string,
): readonly Markup[] {
  if (evaluated === undefined) return [];
  const last = evaluated.robust.at(-1);
  const mine = view.confusions.filter((confusion) => confusion.label === label);
  const attacked = last && mine.find(({ attack }) => attack !== undefined && isOf(attack, last));
  return [mine.find(({ attack }) => attack === undefined), attacked].flatMap((confusion, i) =>
    confusion === undefined ? [] : [matrixOf(`${id}-${i}`, title, confusion)],
  );
}

function isOf(attack: ThreatModel, robust: RobustCounted): boolean {
  return (Object.keys(attack) as (keyof ThreatModel)[]).every((key) => attack[key] === robust[key]);
}

function matrixOf(id: string, title: string, { classes, matrix, attack, n }: Confusion): Markup {
  const under = attack === undefined ? 'unperturbed images' : `under ${conditions(attack)}`;
  const name = `${title}: classes taken for one another, ${under}, n = ${count(n)}`;
  if (classes.length > MOST_CLASSES)
    return missing(
      `${name}: ${count(classes.length)} classes are too many to draw; the journal has the matrix.`,
    );
  const totals = matrix.map((row) => row.reduce((a, b) => a + b, 0));
  return heatMap({
    id,
    title: name,
    rows: classes,
    columns: classes,
    values: matrix.map((row, r) => row.map((value) => (totals[r] === 0 ? 0 : value / totals[r]))),
    isMarked: (row, column) => row === column,
    scale: 1,
    rowName: 'true class',
    columnName: 'predicted class',
  });
}
