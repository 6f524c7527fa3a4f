/** The values at the pointer, beside it; arrow keys move it too. */
import type uPlot from 'uplot';
import { significant } from '../../core/report/format.ts';
import { charts } from '../texts/charts.ts';
import type { LineChartProps } from './lineTypes.ts';

const NEAR_MARK_PX = 8;
/** Of the width of the chart, for one press of an arrow key. */
const KEY_STEP = 1 / 60;

/** uPlot says null for nothing. */
const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** @param props those in force now */
export function readout(props: () => LineChartProps): uPlot.Plugin {
  const panel = document.createElement('div');
  panel.className = 'chart-readout';
  panel.hidden = true;
  return {
    hooks: {
      init: [(u) => u.over.append(panel)],
      setCursor: [
        (u) => {
          const { left = -1 } = u.cursor;
          const text = left < 0 ? undefined : valuesAt(u, props());
          panel.hidden = text === undefined;
          if (text === undefined) return;
          panel.textContent = text.join('\n');
          const onLeft = left > u.over.clientWidth / 2;
          panel.style.left = onLeft ? '8px' : 'auto';
          panel.style.right = onLeft ? 'auto' : '8px';
        },
      ],
    },
  };
}

/** A line for the place, one for each curve, one for each mark near by; undefined where nothing is. */
export function valuesAt(u: uPlot, props: LineChartProps): readonly string[] | undefined {
  const { idx, left = -1 } = u.cursor;
  if (!isNumber(idx) || left < 0) return undefined;
  const { show = significant, marks = [], xUnit = 1, xName } = props;
  const rows = u.series.slice(1).flatMap(({ label }, i) => {
    // Values behind their mean have no name.
    if (typeof label !== 'string' || label.trim() === '') return [];
    const value = lastUpTo(u.data[i + 1], idx);
    return [`${label}: ${value === undefined ? '–' : show(value)}`];
  });
  const near = marks.filter((mark) => Math.abs(u.valToPos(mark.x / xUnit, 'x') - left) < NEAR_MARK_PX);
  return [charts.at(xName, significant(u.data[0][idx])), ...rows, ...near.map(({ label }) => label)];
}

/** Moves the cursor. @returns whether the key meant something */
export function moveByKey(u: uPlot, key: string): boolean {
  const { width } = u.over.getBoundingClientRect();
  const { left = -1 } = u.cursor;
  const from = left < 0 ? (key === 'ArrowLeft' ? width : 0) : left;
  const to = placeAfter(key, from, width);
  if (to === undefined) return false;
  u.setCursor({ left: to, top: to < 0 ? -1 : 1 });
  return true;
}

function placeAfter(key: string, from: number, width: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - width * KEY_STEP);
    case 'ArrowRight':
      return Math.min(width, from + width * KEY_STEP);
    case 'Home':
      return 0;
    case 'End':
      return width;
    case 'Escape':
      return -10;
    default:
      return undefined;
  }
}

/** Curves with points at other places than this one show their last before it. */
function lastUpTo(values: ArrayLike<number | null | undefined>, index: number): number | undefined {
  for (let i = index; i >= 0; i--) {
    const value = values[i];
    if (isNumber(value)) return value;
  }
  return undefined;
}
