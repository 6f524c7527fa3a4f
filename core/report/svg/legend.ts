/** The legend of a line chart: a sample of each line, so that none is told by its colour alone. */
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { bandText, lookOf } from './chartParts.ts';
import type { Band, ChartLine } from './chart.ts';
import type { Unit } from './scale.ts';
import { valueText } from './scale.ts';

/** Names with samples and last values. */
export function legend(lines: readonly ChartLine[], band: Band | undefined, unit: Unit): Markup {
  const items = lines.map((line, i) => {
    const last = line.points[line.points.length - 1];
    return markup`<li>${sample(line, lookOf(line, i))}${line.name} <span class="last">${valueText(last.y, unit)}</span></li>`;
  });
  return markup`<ul class="legend" aria-label="Lines and their last values">${items}${
    band === undefined
      ? undefined
      : markup`<li><svg class="sample" viewBox="0 0 34 12" aria-hidden="true"><rect class="band" y="1" width="34" height="10"/><line class="bound" x1="0" x2="34" y1="1" y2="1"/><line class="bound" x1="0" x2="34" y1="11" y2="11"/></svg>${bandText(band, unit)}</li>`
  }</ul>`;
}

function sample({ scattered = false }: ChartLine, look: number): Markup {
  const marks = scattered
    ? [5, 17, 29].map((x) => markup`<circle class="dot c${look}" cx="${x}" cy="6" r="3"/>`)
    : markup`<path class="line c${look}" d="M0 6H34"/>`;
  return markup`<svg class="sample" viewBox="0 0 34 12" aria-hidden="true">${marks}</svg>`;
}
