/** Paints a heat map: the deeper the colour, the greater the share. */
import { depth, toneOf } from '../../core/report/svg/heatMap.ts';
import type { HeatField, HeatLayout } from './heatLayout.ts';
import { nameEvery } from './heatLayout.ts';
import { token } from './looks.ts';

export interface HeatContent {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly columnName: string;
  /** A share, 0 … 1; undefined leaves the field empty. */
  value(row: number, column: number): number | undefined;
  /** Name of a CSS variable; `--heat` where left out. */
  colour?(row: number, column: number): string;
  /** Which fields are outlined. */
  isMarked?(row: number, column: number): boolean;
  /** A word beside the row. */
  rowNote?(row: number): string;
  /** Rows before which a line is drawn. */
  readonly rules?: readonly number[];
  /** The share that gets the deepest colour. */
  readonly scale: number;
  /** Writes the share into its field. */
  readonly hasNumbers?: boolean;
  /** A column that stands out, such as the epoch looked at. */
  readonly column?: number;
}

const GAP = 1;
const NAME_ROOM = 26;

export function paintHeat(
  ctx: CanvasRenderingContext2D,
  content: HeatContent,
  layout: HeatLayout,
  at: HeatField | undefined,
): void {
  const colours = colourBook();
  ctx.clearRect(0, 0, layout.width, layout.height);
  ctx.textBaseline = 'middle';
  paintFields(ctx, content, layout, colours);
  paintRowNames(ctx, content, layout, colours);
  paintColumnNames(ctx, content, layout, colours);
  if (content.column !== undefined) {
    const x = layout.left + content.column * layout.fieldWidth;
    ctx.strokeStyle = colours('--ink');
    ctx.lineWidth = 1.5;
    ctx.strokeRect(x - 0.5, layout.top - 1, layout.fieldWidth, layout.rows * layout.fieldHeight + 1);
  }
  if (at !== undefined) {
    const { x, y } = cornerOf(layout, at);
    ctx.strokeStyle = colours('--accent-strong');
    ctx.lineWidth = 2;
    ctx.strokeRect(x, y, layout.fieldWidth - GAP, layout.fieldHeight - GAP);
  }
}

/** Reading a CSS variable is slow; each is read once a painting. */
function colourBook(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? token(name);
    known.set(name, found);
    return found;
  };
}

function cornerOf(layout: HeatLayout, { row, column }: HeatField): { x: number; y: number } {
  return { x: layout.left + column * layout.fieldWidth, y: layout.top + row * layout.fieldHeight };
}

function paintFields(
  ctx: CanvasRenderingContext2D,
  content: HeatContent,
  layout: HeatLayout,
  colours: (name: string) => string,
): void {
  const { fieldHeight } = layout;
  const width = Math.max(1, layout.fieldWidth - (layout.fieldWidth > 4 ? GAP : 0));
  ctx.font = `11px ${colours('--font')}`;
  ctx.textAlign = 'center';
  for (let row = 0; row < layout.rows; row++) {
    for (let column = 0; column < layout.columns; column++) {
      const value = content.value(row, column);
      if (value === undefined) continue;
      const { x, y } = cornerOf(layout, { row, column });
      const deep = depth(value, content.scale);
      ctx.fillStyle = colours(content.colour?.(row, column) ?? '--heat');
      // A trace of colour shows where the fields are.
      ctx.globalAlpha = 0.04 + 0.96 * deep;
      ctx.fillRect(x, y, width, fieldHeight - GAP);
      ctx.globalAlpha = 1;
      if (content.hasNumbers === true && width > 26) {
        ctx.fillStyle = colours(`--on-${toneOf(deep)}`);
        ctx.fillText(value.toFixed(2), x + width / 2, y + fieldHeight / 2);
      }
      if (content.isMarked?.(row, column) === true) {
        ctx.strokeStyle = colours('--ink');
        ctx.lineWidth = 2;
        ctx.strokeRect(x + 1, y + 1, width - 2, fieldHeight - GAP - 2);
      }
    }
  }
}

function paintRowNames(
  ctx: CanvasRenderingContext2D,
  { rows, rowNote, rules = [] }: HeatContent,
  layout: HeatLayout,
  colours: (name: string) => string,
): void {
  const right = layout.left + layout.columns * layout.fieldWidth;
  ctx.font = `12px ${colours('--font')}`;
  rows.forEach((name, row) => {
    const y = layout.top + (row + 0.5) * layout.fieldHeight;
    ctx.fillStyle = colours('--soft');
    ctx.textAlign = 'right';
    ctx.fillText(name, layout.left - 8, y);
    if (rowNote === undefined) return;
    ctx.fillStyle = colours('--ink');
    ctx.textAlign = 'left';
    ctx.fillText(rowNote(row), right + 8, y);
  });
  ctx.fillStyle = colours('--edge');
  for (const row of rules) {
    ctx.fillRect(8, layout.top + row * layout.fieldHeight - 1, right - 8, 1);
  }
}

function paintColumnNames(
  ctx: CanvasRenderingContext2D,
  { columns, columnName }: HeatContent,
  layout: HeatLayout,
  colours: (name: string) => string,
): void {
  ctx.fillStyle = colours('--soft');
  ctx.font = `12px ${colours('--font')}`;
  if (layout.slanted) {
    ctx.textAlign = 'left';
    columns.forEach((name, column) => {
      ctx.save();
      ctx.translate(layout.left + (column + 0.5) * layout.fieldWidth - 4, layout.top - 8);
      ctx.rotate(-0.66);
      ctx.fillText(name, 0, 0);
      ctx.restore();
    });
    return;
  }
  const every = nameEvery(layout.fieldWidth, NAME_ROOM);
  const y = layout.top + layout.rows * layout.fieldHeight + 11;
  ctx.textAlign = 'center';
  columns.forEach((name, column) => {
    // The first, and round numbers after it.
    const isFirst = column === 0 && every !== 2;
    if (!isFirst && (column + 1) % every !== 0) return;
    ctx.fillText(name, layout.left + (column + 0.5) * layout.fieldWidth, y);
  });
  ctx.fillText(columnName, layout.left + (layout.columns * layout.fieldWidth) / 2, y + 18);
}
