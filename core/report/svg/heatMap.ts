/** A table of shares as coloured fields: the deeper the colour the greater the share, with the number in it. */
import type { Markup } from '../markup.ts';
import { markup } from '../markup.ts';
import { percent } from '../format.ts';

export interface HeatMap {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** [rows][columns], in [0, 1] */
  readonly values: readonly (readonly number[])[];
  /** Which fields are outlined. */
  readonly isMarked?: (row: number, column: number) => boolean;
  /** Rows before which a rule is drawn. */
  readonly rules?: readonly number[];
  /** Small fields without numbers, column names only where given. */
  readonly small?: boolean;
  /** The share that gets the deepest colour; the greatest value where left out. */
  readonly scale?: number;
  readonly rowName: string;
  readonly columnName: string;
}

/** Depth of the colour, in steps of a hundredth; the deepest is reached at `scaleOf`. */
export function depth(value: number, scale: number): number {
  return Math.round(Math.min(1, Math.max(0, value / scale)) * 100) / 100;
}

/** Where the text on a field turns from dark to light, or back: see the styles. */
export function toneOf(fieldDepth: number): 'lo' | 'mid' | 'hi' {
  if (fieldDepth <= 0.54) return 'lo';
  return fieldDepth <= 0.78 ? 'mid' : 'hi';
}

/** The greatest value, rounded up to a tenth. */
export function scaleOf(values: readonly (readonly number[])[]): number {
  const greatest = values.flat().reduce((a, b) => (Number.isFinite(b) ? Math.max(a, b) : a), 0);
  return Math.max(0.1, Math.ceil(greatest * 10 - 1e-9) / 10);
}

export function heatMap(map: HeatMap): Markup {
  const { rows, columns, values, small = false, rules = [] } = map;
  const field = small ? { width: Math.min(24, 430 / columns.length), height: 20 } : { width: 54, height: 26 };
  const left = 132;
  const top = small ? 4 : 78;
  const width = left + field.width * columns.length + (small ? 8 : 34);
  const height = top + field.height * rows.length + (small ? 38 : 6);
  const scale = map.scale ?? scaleOf(values);
  const fields = values.flatMap((row, r) =>
    row.map((value, c) => {
      const x = left + c * field.width;
      const y = top + r * field.height;
      const shade = depth(value, scale);
      const number = small
        ? undefined
        : markup`<text class="${toneOf(shade)}" x="${x + field.width / 2}" y="${y + 17}" text-anchor="middle">${value.toFixed(2)}</text>`;
      const mark =
        map.isMarked?.(r, c) === true
          ? markup`<rect class="kept" x="${x + 2}" y="${y + 2}" width="${field.width - 5}" height="${field.height - 5}" rx="3"/>`
          : undefined;
      return markup`<g class="cellfield"><title>${`${rows[r]} · ${columns[c]}: ${percent(value)}`}</title><rect class="field" x="${round(x)}" y="${y}" width="${round(field.width - (small ? 0.4 : 1))}" height="${field.height - 1}" fill-opacity="${shade}"/>${number}${mark}</g>`;
    }),
  );
  const names = rows.map(
    (name, r) =>
      markup`<text class="tick" x="${left - 8}" y="${top + r * field.height + field.height / 2 + 4}" text-anchor="end">${name}</text>`,
  );
  const lines = rules.map(
    (r) =>
      markup`<line class="rule" x1="${left - 124}" x2="${left + field.width * columns.length}" y1="${top + r * field.height - 0.5}" y2="${top + r * field.height - 0.5}"/>`,
  );
  return markup`<figure class="heat" id="${map.id}"><figcaption id="${map.id}-title">${map.title}</figcaption>
<svg viewBox="0 0 ${round(width)} ${height}" style="max-width:${Math.round(width * (small ? 1 : 1.1))}px" role="img" aria-labelledby="${map.id}-title" aria-describedby="${map.id}-desc"><desc id="${map.id}-desc">${descriptionOf(map)}</desc>
${fields}${names}${small ? timeNames(map, left, top, field) : columnNames(columns, left, top, field.width)}${lines}</svg>
${colourScale(scale)}</figure>`;
}

function columnNames(
  columns: readonly string[],
  left: number,
  top: number,
  width: number,
): readonly Markup[] {
  return columns.map((name, c) => {
    const x = left + c * width + width / 2 - 4;
    return markup`<text class="tick" x="${x}" y="${top - 8}" transform="rotate(-38 ${x} ${top - 8})">${name}</text>`;
  });
}

/** First, last and a few columns between. */
function timeNames(
  { columns, rows, columnName }: HeatMap,
  left: number,
  top: number,
  field: { width: number; height: number },
): Markup {
  const every = Math.max(1, Math.ceil(columns.length / 10));
  const y = top + rows.length * field.height + 14;
  const shown = columns.map((name, c) =>
    c % every === 0
      ? markup`<text class="tick" x="${round(left + (c + 0.5) * field.width)}" y="${y}" text-anchor="middle">${name}</text>`
      : undefined,
  );
  return markup`${shown}<text class="axis-name" x="${round(left + (columns.length * field.width) / 2)}" y="${y + 18}" text-anchor="middle">${columnName}</text>`;
}

function colourScale(scale: number): Markup {
  return markup`<p class="scale" aria-hidden="true"><span>0</span><span class="ramp"></span><span>${percent(scale, 0)}</span></p>`;
}

/** The strongest field of every row, in words. */
function descriptionOf({ rows, columns, values, rowName, columnName }: HeatMap): string {
  const best = rows.map((name, r) => {
    const top = values[r].reduce((at, value, c) => (value > values[r][at] ? c : at), 0);
    return `${name}: ${columns[top]} ${percent(values[r][top])}`;
  });
  return `Rows: ${rowName}. Columns: ${columnName}. Greatest of each row: ${best.join('; ')}.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
