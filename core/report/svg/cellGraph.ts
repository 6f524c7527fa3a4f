/** A cell as a drawing: its inputs, the two operations of every node, and what is concatenated to its output. */
import type { CellGenotype } from '../../searchSpace/genotype.ts';
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { FAMILY_NAMES, familyOf, opName, stateName } from '../names.ts';
import type { Family } from '../names.ts';
import type { CellLayout, OperationPlace, Point } from './cellLayout.ts';
import { SIZES, layoutCell } from './cellLayout.ts';

/** @param id unique on the page */
export function cellGraph(id: string, title: string, cell: CellGenotype): Markup {
  const layout = layoutCell(cell);
  const { width, height } = layout;
  return markup`<figure class="cell" id="${id}"><figcaption id="${id}-title">${title}</figcaption>
<svg viewBox="0 0 ${round(width)} ${round(height)}" style="max-width:${Math.round(width)}px" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc">
<desc id="${id}-desc">${cellInWords(cell)}</desc>
${layout.trunks.map(({ points }) => markup`<path class="trunk" d="${throughPoints(points)}"/>`)}
${cell.concat.map((state) => concatLine(state, layout))}
${layout.operations.map((operation) => operationMarks(operation, layout))}
${layout.states.map(({ state, at }) => stateMark(state, at))}
${outputMark(layout.output)}
</svg></figure>`;
}

/** The meaning of colours and dashes, for the families in use. */
export function familyLegend(families: readonly Family[]): Markup {
  const used = (Object.keys(FAMILY_NAMES) as readonly Family[]).filter((family) => families.includes(family));
  return markup`<ul class="legend">${used.map(
    (family) =>
      markup`<li><svg class="sample" viewBox="0 0 34 12" aria-hidden="true"><path class="edge f-${family}" d="M0 6H34"/></svg>${FAMILY_NAMES[family]}</li>`,
  )}<li><svg class="sample" viewBox="0 0 34 12" aria-hidden="true"><path class="trunk" d="M0 6H34"/></svg>state passed on</li></ul>`;
}

/** The cell as sentences: node 0 = skip of c(k−2) + sep conv 3×3 of c(k−1). */
export function cellInWords(cell: CellGenotype): string {
  const nodes = Array.from({ length: cell.edges.length / 2 }, (_, node) => {
    const terms = cell.edges
      .slice(2 * node, 2 * node + 2)
      .map(({ op, from }) => `${opName(op)} of ${stateName(from)}`);
    return `Node ${node} = ${terms.join(' + ')}.`;
  });
  return `${nodes.join(' ')} Output: ${cell.concat.map(stateName).join(', ')} concatenated.`;
}

function operationMarks({ op, from, node, x, y }: OperationPlace, layout: CellLayout): Markup {
  const family = familyOf(op);
  const middle = y + SIZES.labelHeight / 2;
  const start = layout.startInto(from, layout.layerOf(node + 2));
  const circle = layout.states[node + 2].at;
  const end = { x: x + SIZES.label, y: middle };
  const target = { x: circle.x - SIZES.circle, y: circle.y };
  return markup`<g><title>${`${op}: ${stateName(from)} → ${stateName(node + 2)}`}</title>
<path class="edge f-${family}" d="${curve(start, { x, y: middle })}"/><path class="edge f-${family}" d="${curve(end, target)}"/>
<rect class="op f-${family}" x="${round(x)}" y="${round(y)}" width="${SIZES.label}" height="${SIZES.labelHeight}" rx="7"/>
<text class="op-name" x="${round(x + SIZES.label / 2)}" y="${round(middle + 4.5)}" text-anchor="middle">${opName(op)}</text></g>`;
}

function stateMark(state: number, { x, y }: Point): Markup {
  if (state >= 2) {
    return markup`<g><title>${stateName(state)}</title><circle class="state" cx="${round(x)}" cy="${round(y)}" r="${SIZES.circle}"/><text class="state-name" x="${round(x)}" y="${round(y + 4.5)}" text-anchor="middle">${state - 2}</text></g>`;
  }
  return markup`<g><rect class="state" x="${round(x - SIZES.input / 2)}" y="${round(y - SIZES.box / 2)}" width="${SIZES.input}" height="${SIZES.box}" rx="8"/><text class="state-name" x="${round(x)}" y="${round(y + 3)}" text-anchor="middle">c<tspan dy="4" font-size="10">${state === 0 ? 'k−2' : 'k−1'}</tspan></text></g>`;
}

function outputMark({ x, y }: Point): Markup {
  return markup`<g><rect class="state out" x="${round(x)}" y="${round(y - SIZES.box / 2)}" width="${SIZES.output}" height="${SIZES.box}" rx="8"/><text class="state-name" x="${round(x + SIZES.output / 2)}" y="${round(y + 4.5)}" text-anchor="middle">output</text></g>`;
}

function concatLine(state: number, layout: CellLayout): Markup {
  const start = layout.startInto(state, layout.layerOf(-1));
  return markup`<path class="trunk" d="${curve(start, layout.output)}"/>`;
}

function throughPoints(points: readonly Point[]): string {
  const pieces = points
    .slice(1)
    .map((point, i) => (i % 2 === 0 ? curveTo(points[i], point) : `L${round(point.x)} ${round(point.y)}`));
  return `M${round(points[0].x)} ${round(points[0].y)}${pieces.join('')}`;
}

function curve(from: Point, to: Point): string {
  return `M${round(from.x)} ${round(from.y)}${curveTo(from, to)}`;
}

function curveTo(from: Point, to: Point): string {
  const bend = (to.x - from.x) / 2;
  return `C${round(from.x + bend)} ${round(from.y)} ${round(to.x - bend)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
