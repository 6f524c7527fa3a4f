/** A line chart as SVG, with its legend, its axes and the data for reading values off it. */
import type { Markup } from '../markup.ts';
import { jsonScript, markup } from '../markup.ts';
import type { Chart, ChartLine, Frame } from './chart.ts';
import { bandArea, chartDescription, gridAndAxes, lineMarks } from './chartParts.ts';
import { legend } from './legend.ts';
import { niceAxis, tightAxis } from './scale.ts';

export const CHART_SIZE = { width: 560, height: 270 } as const;

/** The figure, or nothing where no line has a point. */
export function lineChart(chart: Chart): Markup | undefined {
  const lines = chart.lines.filter(({ points }) => points.length > 0);
  if (lines.length === 0) return undefined;
  const frame = frameOf(chart, lines);
  const { width, height } = CHART_SIZE;
  const clip = `${chart.id}-clip`;
  return markup`<figure class="chart" id="${chart.id}">
<figcaption id="${chart.id}-title">${chart.title}</figcaption>
${legend(lines, chart.band, chart.unit)}
<div class="plot" tabindex="0" role="group" aria-label="${`${chart.title}: arrow keys read values`}">
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${chart.id}-title" aria-describedby="${chart.id}-desc">
<desc id="${chart.id}-desc">${chartDescription(chart, lines)}</desc>
<defs><clipPath id="${clip}"><rect x="${frame.left}" y="${frame.top - 3}" width="${frame.width}" height="${frame.height + 6}"/></clipPath></defs>
${chart.band === undefined ? undefined : bandArea(chart.band, frame)}
${gridAndAxes(chart, frame)}
<g clip-path="url(#${clip})">${lines.map((line, i) => lineMarks(line, i, frame))}</g>
<line class="cross" x1="0" x2="0" y1="${frame.top}" y2="${frame.top + frame.height}" visibility="hidden"/>
</svg><div class="readout" role="status" hidden></div></div>
${chart.note === undefined ? undefined : markup`<p class="note">${chart.note}</p>`}
${jsonScript('chart', chartData(chart, lines, frame))}
</figure>`;
}

function frameOf(chart: Chart, lines: readonly ChartLine[]): Frame {
  const points = lines.flatMap((line) => line.points);
  const ends = [chart.yLow, chart.yHigh, chart.band?.low, chart.band?.high].filter(
    (end) => end !== undefined,
  );
  const ys = [...points.map(({ y }) => y), ...ends];
  const xs = [...points.map(({ x }) => x), ...[chart.xLow, chart.xHigh].filter((end) => end !== undefined)];
  return {
    left: 62,
    top: 10,
    width: CHART_SIZE.width - 62 - 14,
    height: CHART_SIZE.height - 10 - 46,
    x: tightAxis(least(xs), greatest(xs), 8),
    y: niceAxis(least(ys), greatest(ys), 5),
  };
}

/** In reading precision only, so that the page stays small. */
function chartData(chart: Chart, lines: readonly ChartLine[], frame: Frame): unknown {
  const { left, width, x } = frame;
  return {
    xName: chart.xName,
    unit: chart.unit,
    left,
    width,
    total: CHART_SIZE.width,
    low: x.low,
    high: x.high,
    lines: lines.map(({ name, points }) => ({
      name,
      x: points.map((p) => Number(p.x.toPrecision(6))),
      y: points.map((p) => Number(p.y.toPrecision(4))),
    })),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
