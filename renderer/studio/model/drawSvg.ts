/** A cell as an SVG file of its own: all looks inside, nothing asked of a page. */
import { markup, toText } from '../../../core/report/markup.ts';
import type { Markup } from '../../../core/report/markup.ts';
import type { Family } from '../../../core/report/names.ts';
import type { Route } from './route.ts';
import { pathOf } from './route.ts';

export interface SvgPart {
  readonly kind: 'input' | 'node' | 'output' | 'operation';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** One or two lines. */
  readonly label: string;
  readonly family?: Family;
}

export interface SvgLine {
  readonly kind: 'in' | 'out' | 'concat';
  readonly route: Route;
  readonly family?: Family;
}

export interface SvgLook {
  readonly card: string;
  readonly shade: string;
  readonly ink: string;
  readonly soft: string;
  readonly trunk: string;
  readonly families: Readonly<Record<Family, string>>;
  readonly dashes: Readonly<Record<Family, readonly number[]>>;
  readonly font: string;
}

const MARGIN = 16;
const TITLE = 30;

export function drawSvg(
  title: string,
  description: string,
  parts: readonly SvgPart[],
  lines: readonly SvgLine[],
  look: SvgLook,
): string {
  const bends = lines.flatMap(({ route }) => [route.start, route.end, ...route.controls]);
  const left = Math.min(...parts.map(({ x, width }) => x - width / 2), ...bends.map(({ x }) => x)) - MARGIN;
  const right = Math.max(...parts.map(({ x, width }) => x + width / 2), ...bends.map(({ x }) => x)) + MARGIN;
  const top =
    Math.min(...parts.map(({ y, height }) => y - height / 2), ...bends.map(({ y }) => y)) - MARGIN - TITLE;
  const bottom =
    Math.max(...parts.map(({ y, height }) => y + height / 2), ...bends.map(({ y }) => y)) + MARGIN;
  const width = Math.ceil(right - left);
  const height = Math.ceil(bottom - top);
  const frame = `${round(left)} ${round(top)} ${width} ${height}`;
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${frame}" font-family="${look.font}" font-size="12">
<title>${title}</title>
<desc>${description}</desc>
<rect x="${round(left)}" y="${round(top)}" width="${width}" height="${height}" fill="${look.card}"/>
<text x="${round(left + MARGIN)}" y="${round(top + 24)}" font-size="14" font-weight="600" fill="${look.ink}">${title}</text>
${lines.map((line) => lineMarks(line, look))}
${parts.map((part) => partMarks(part, look))}
</svg>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toText(svg)}`;
}

function lineMarks({ kind, route, family }: SvgLine, look: SvgLook): Markup {
  const colour = family === undefined ? look.trunk : look.families[family];
  const head = kind === 'out' ? arrow(route, colour) : undefined;
  return markup`<path d="${pathOf(route)}" fill="none" stroke="${colour}" stroke-width="${kind === 'concat' ? 1.6 : 2.2}"${dashes(family, look)}/>${head}
`;
}

/** Lines end level, so heads point to the right. */
function arrow({ end: { x, y } }: Route, colour: string): Markup {
  return markup`<path d="M${round(x)} ${round(y)}l-8 -4v8z" fill="${colour}"/>`;
}

function dashes(family: Family | undefined, { dashes: all }: SvgLook): Markup | undefined {
  const pattern = family === undefined ? [] : all[family];
  return pattern.length === 0 ? undefined : markup` stroke-dasharray="${pattern.join(' ')}"`;
}

function partMarks(part: SvgPart, look: SvgLook): Markup {
  const { kind, x, y, width, height, family } = part;
  const stroke = family === undefined ? look.soft : look.families[family];
  const fill = kind === 'operation' ? look.card : look.shade;
  const pen = kind === 'operation' ? 2 : 1.5;
  const shape =
    kind === 'node'
      ? markup`<circle cx="${round(x)}" cy="${round(y)}" r="${round(width / 2)}" fill="${fill}" stroke="${stroke}" stroke-width="${pen}"/>`
      : markup`<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="${pen}"${dashes(family, look)}/>`;
  return markup`${shape}${labelMarks(part, look)}
`;
}

const LINE = 15;

function labelMarks({ kind, x, y, label }: SvgPart, { ink }: SvgLook): Markup {
  const rows = label.split('\n');
  const first = y + 4 - ((rows.length - 1) * LINE) / 2;
  return markup`${rows.map(
    (row, i) =>
      markup`<text x="${round(x)}" y="${round(first + i * LINE)}" text-anchor="middle" font-weight="${kind === 'operation' ? 500 : 600}" fill="${ink}">${row}</text>`,
  )}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
