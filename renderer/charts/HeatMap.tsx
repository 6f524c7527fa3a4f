/** A table of shares as coloured fields on a canvas: read off by pointer or arrow keys, or as a real table. */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { percent } from '../../core/report/format.ts';
import { useTheme } from '../store/theme.ts';
import { charts } from '../texts/charts.ts';
import { announce } from '../ui/Announcer.tsx';
import { drawSoon, dropDrawing } from './frames.ts';
import { HeatTable } from './HeatTable.tsx';
import type { HeatField, HeatLayout } from './heatLayout.ts';
import { columnNear, fieldAfterKey, fieldAt, heatLayout } from './heatLayout.ts';
import type { HeatContent } from './heatPaint.ts';
import { paintHeat } from './heatPaint.ts';
import './charts.css';

export interface HeatMapProps extends HeatContent {
  readonly title: string;
  readonly rowName: string;
  /** What a field says, beside its share; such as the operation meant. */
  readonly detail?: (row: number, column: number) => string | undefined;
  /** Called when a column is picked with the pointer. */
  readonly onColumn?: (column: number) => void;
  readonly namesAbove?: boolean;
  readonly fieldHeight?: number;
  /** Pixels for the words beside the rows, where these are shorter than names of operations. */
  readonly noteRoom?: number;
}

const NOTE_ROOM = 118;

export function HeatMap(props: HeatMapProps) {
  const { title, rows, columns, onColumn, rowNote, namesAbove = false, fieldHeight = 22 } = props;
  const { noteRoom = NOTE_ROOM } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layout = useRef<HeatLayout>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const [at, setAt] = useState<HeatField>();
  const [width, setWidth] = useState(0);
  const theme = useTheme((state) => state.theme);
  const id = useId();

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const place =
    width === 0
      ? undefined
      : heatLayout(width, rows.length, columns.length, {
          namesAbove,
          rowNotes: rowNote === undefined ? 0 : noteRoom,
          fieldHeight,
        });
  layout.current = place;

  const cursor = useRef(at);
  cursor.current = at;
  const paint = useCallback(() => {
    const element = canvas.current;
    const now = layout.current;
    const context = element?.getContext('2d');
    if (element === null || now === undefined || context === null || context === undefined) return;
    const ratio = devicePixelRatio;
    const size = [Math.round(now.width * ratio), Math.round(now.height * ratio)] as const;
    if (element.width !== size[0] || element.height !== size[1]) [element.width, element.height] = size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintHeat(context, latest.current, now, cursor.current);
  }, []);
  useEffect(() => drawSoon(paint));
  useEffect(() => () => dropDrawing(paint), [paint, theme]);

  const pointed = (event: { clientX: number; clientY: number }): HeatField | undefined => {
    const element = canvas.current;
    if (element === null || place === undefined) return undefined;
    const { left, top } = element.getBoundingClientRect();
    return fieldAt(place, event.clientX - left, event.clientY - top);
  };
  const pick = (event: { clientX: number }): void => {
    const element = canvas.current;
    if (element === null || place === undefined || onColumn === undefined) return;
    onColumn(columnNear(place, event.clientX - element.getBoundingClientRect().left));
  };
  const onKeyDown = (event: { key: string; preventDefault(): void }): void => {
    const from = at ?? { row: 0, column: (props.column ?? 0) - (event.key === 'ArrowRight' ? 1 : 0) };
    const next = fieldAfterKey({ rows: rows.length, columns: columns.length }, from, event.key);
    if (event.key === 'Escape') setAt(undefined);
    if (event.key === 'Enter' && at !== undefined) onColumn?.(at.column);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    announce(wordsOf(props, next));
  };

  return (
    <figure className="heat" aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      <div
        ref={box}
        className={onColumn === undefined ? 'heat-box' : 'heat-box picks'}
        role="img"
        tabIndex={0}
        aria-label={charts.heatSummary(title, summaryOf(props))}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
        onPointerDown={(event) => {
          if (onColumn === undefined || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          pick(event);
        }}
        onPointerMove={(event) => {
          const field = pointed(event);
          if (field?.row !== at?.row || field?.column !== at?.column) setAt(field);
          if (event.buttons === 1) pick(event);
        }}
        onPointerLeave={() => setAt(undefined)}
      >
        <canvas ref={canvas} style={{ width: '100%', height: place?.height ?? 0 }} />
        {at !== undefined && place !== undefined && (
          <div className="chart-readout" style={readoutPlace(place, at)}>
            {wordsOf(props, at)}
          </div>
        )}
      </div>
      <HeatTable {...props} />
    </figure>
  );
}

function wordsOf(
  { rows, columns, columnName, namesAbove, value, detail }: HeatMapProps,
  at: HeatField,
): string {
  const share = value(at.row, at.column);
  const column = namesAbove === true ? columns[at.column] : `${columnName} ${columns[at.column]}`;
  const words = [detail?.(at.row, at.column), share === undefined ? charts.nothing : percent(share)].filter(
    (part) => part !== undefined,
  );
  return charts.field(rows[at.row], column, words.join(' '));
}

/** What is greatest in each row, so that the drawing can be heard. */
function summaryOf({ rows, columns, value, namesAbove }: HeatMapProps): string {
  if (namesAbove !== true) return '';
  return rows
    .map((name, row) => {
      const shares = columns.map((_, column) => value(row, column) ?? 0);
      const top = shares.indexOf(Math.max(...shares));
      return charts.greatest(name, columns[top], percent(shares[top]));
    })
    .join('; ');
}

function readoutPlace(layout: HeatLayout, { row, column }: HeatField): Record<string, number | string> {
  const x = layout.left + column * layout.fieldWidth;
  const top = layout.top + (row + 1) * layout.fieldHeight + 6;
  return x > layout.width / 2 ? { right: layout.width - x, top } : { left: x + layout.fieldWidth, top };
}
