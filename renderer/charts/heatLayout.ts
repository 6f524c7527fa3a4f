/** Where the fields of a heat map lie, and which one is at a point. */

export interface HeatLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly fieldWidth: number;
  readonly fieldHeight: number;
  readonly rows: number;
  readonly columns: number;
  /** Names of columns stand aslant where they would not fit side by side. */
  readonly slanted: boolean;
}

export interface HeatField {
  readonly row: number;
  readonly column: number;
}

const LEFT = 128;
const RIGHT = 12;
/** Aslant names reach beyond the last column. */
const RIGHT_OF_NAMES = 52;
const BOTTOM = 40;
const WIDEST = 64;

/** @param names those of the columns: long ones stand aslant above, short ones (epochs) below */
export function heatLayout(
  width: number,
  rows: number,
  columns: number,
  options: { readonly namesAbove: boolean; readonly rowNotes: number; readonly fieldHeight: number },
): HeatLayout {
  const { namesAbove, rowNotes, fieldHeight } = options;
  // Notes stand below what aslant names reach over.
  const right = namesAbove ? Math.max(RIGHT_OF_NAMES, rowNotes) : RIGHT + rowNotes;
  const room = Math.max(columns, width - LEFT - right);
  const top = namesAbove ? 76 : 4;
  return {
    width,
    left: LEFT,
    top,
    fieldWidth: Math.min(WIDEST, room / Math.max(1, columns)),
    fieldHeight,
    rows,
    columns,
    height: top + rows * fieldHeight + (namesAbove ? 6 : BOTTOM),
    slanted: namesAbove,
  };
}

/** The field at a point; undefined beside the fields. */
export function fieldAt(layout: HeatLayout, x: number, y: number): HeatField | undefined {
  const column = Math.floor((x - layout.left) / layout.fieldWidth);
  const row = Math.floor((y - layout.top) / layout.fieldHeight);
  const isInside = column >= 0 && column < layout.columns && row >= 0 && row < layout.rows;
  return isInside ? { row, column } : undefined;
}

/** The column below a point, the nearest one beside the fields. */
export function columnNear(layout: HeatLayout, x: number): number {
  const column = Math.floor((x - layout.left) / layout.fieldWidth);
  return Math.max(0, Math.min(layout.columns - 1, column));
}

/** Where an arrow key leads from a field; undefined for other keys. */
export function fieldAfterKey(
  { rows, columns }: Pick<HeatLayout, 'rows' | 'columns'>,
  { row, column }: HeatField,
  key: string,
): HeatField | undefined {
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}

/** Every how many columns a name fits, one of 1, 2, 5, 10, 20, … */
export function nameEvery(fieldWidth: number, nameWidth: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) {
      if (step * fieldWidth >= nameWidth) return step;
    }
  }
}
