/** The parts of a line chart: grid, axes, lines with their spread, the band of the bounds, the description. */
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import type { Band, Chart, ChartLine, Frame } from './chart.ts';
import { position, tickText, valueText } from './scale.ts';

export const LOOKS = 6;

export function lookOf(line: ChartLine, index: number): number {
  return (line.look ?? index) % LOOKS;
}

export function gridAndAxes({ xName, yName, unit }: Chart, frame: Frame): Markup {
  const { left, top, width, height, x, y } = frame;
  const bottom = top + height;
  const rows = y.ticks.map((tick) => {
    const at = position(y, tick, bottom, -height);
    return markup`<line class="grid" x1="${left}" x2="${left + width}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 8}" y="${at + 4}" text-anchor="end">${tickText(tick, unit)}</text>`;
  });
  const columns = x.ticks.map((tick) => {
    const at = position(x, tick, left, width);
    return markup`<line class="axis" x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 5}"/><text class="tick" x="${at}" y="${bottom + 18}" text-anchor="middle">${tickText(tick, 'count')}</text>`;
  });
  const middle = top + height / 2;
  return markup`${rows}${columns}<line class="axis" x1="${left}" x2="${left + width}" y1="${bottom}" y2="${bottom}"/>
<text class="axis-name" x="${left + width / 2}" y="${bottom + 38}" text-anchor="middle">${xName}</text>
<text class="axis-name" x="14" y="${middle}" text-anchor="middle" transform="rotate(-90 14 ${middle})">${yName}</text>`;
}

/** The range that the bounds allow, with a line at each bound. */
export function bandArea(band: Band, { left, top, width, height, y }: Frame): Markup {
  const bottom = top + height;
  const upper = band.high === undefined ? top : position(y, band.high, bottom, -height);
  const lower = band.low === undefined ? bottom : position(y, band.low, bottom, -height);
  const edges = [band.low === undefined ? undefined : lower, band.high === undefined ? undefined : upper];
  return markup`<rect class="band" x="${left}" y="${upper}" width="${width}" height="${Math.max(0, lower - upper)}"/>${edges.map(
    (at) =>
      at === undefined
        ? undefined
        : markup`<line class="bound" x1="${left}" x2="${left + width}" y1="${at}" y2="${at}"/>`,
  )}`;
}

/** A line over the spread of the points it stands for; marks where the points are few or scattered. */
export function lineMarks(line: ChartLine, index: number, frame: Frame): Markup {
  const { points, scattered = false } = line;
  const look = lookOf(line, index);
  const x = (value: number): number => position(frame.x, value, frame.left, frame.width);
  const y = (value: number): number => position(frame.y, value, frame.top + frame.height, -frame.height);
  const spread = points.some(({ low, high }) => high > low)
    ? markup`<path class="spread c${look}" d="M${[
        ...points.map((p) => `${x(p.x)} ${y(p.high)}`),
        ...points.toReversed().map((p) => `${x(p.x)} ${y(p.low)}`),
      ].join('L')}Z"/>`
    : undefined;
  const course = markup`<path class="line c${look}" d="M${points.map((p) => `${x(p.x)} ${y(p.y)}`).join('L')}"/>`;
  const dots = points.map(
    (p) => markup`<circle class="dot c${look}" cx="${x(p.x)}" cy="${y(p.y)}" r="${scattered ? 3 : 2.6}"/>`,
  );
  return markup`${spread}${scattered || points.length === 1 ? undefined : course}${scattered || points.length <= 12 ? dots : undefined}`;
}

/** For those who do not see it: what each line begins and ends with, and its extremes. */
export function chartDescription({ xName, unit, band }: Chart, lines: readonly ChartLine[]): string {
  const sentences = lines.map(({ name, points }) => {
    const values = points.map(({ y }) => y);
    const text = (value: number): string => valueText(value, unit);
    const [first, last] = [values[0], values[values.length - 1]];
    return `${name}: from ${text(first)} to ${text(last)}, least ${text(Math.min(...points.map((p) => p.low)))}, greatest ${text(Math.max(...points.map((p) => p.high)))}.`;
  });
  const bounds = band === undefined ? '' : ` ${bandText(band, unit)}.`;
  return `Horizontal axis: ${xName}. ${sentences.join(' ')}${bounds}`;
}

/** The band in words: bounds 2 M to 4 M. */
export function bandText({ name, low, high }: Band, unit: Chart['unit']): string {
  const text = (value: number): string => valueText(value, unit);
  if (low !== undefined && high !== undefined) return `${name} ${text(low)} to ${text(high)}`;
  if (high !== undefined) return `${name}: at most ${text(high)}`;
  return low === undefined ? name : `${name}: at least ${text(low)}`;
}
