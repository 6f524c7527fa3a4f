/** Axes: round ticks over a range, and the way from values to pixels. */
import { compact, percent, significant } from '../format.ts';

/** How an axis writes its values. */
export type Unit = 'percent' | 'count' | 'number';

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An axis of round ticks that holds `low … high`; about `wanted` of them. */
export function niceAxis(low: number, high: number, wanted: number): Axis {
  const [from, to] = widened(low, high);
  const raw = (to - from) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step));
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks };
}

/** An axis with just these ends, ticks inside them. */
export function tightAxis(low: number, high: number, wanted: number): Axis {
  const [from, to] = widened(low, high);
  const { ticks } = niceAxis(from, to, wanted);
  const slack = (to - from) * 1e-9;
  return { low: from, high: to, ticks: ticks.filter((t) => t >= from - slack && t <= to + slack) };
}

/** Linear, from the axis to `start … start + length`. */
export function position(axis: Axis, value: number, start: number, length: number): number {
  return Math.round((start + ((value - axis.low) / (axis.high - axis.low)) * length) * 10) / 10;
}

export function tickText(value: number, unit: Unit): string {
  if (unit === 'percent') return percent(value, Number.isInteger(rounded(value * 100)) ? 0 : 1);
  if (unit !== 'count') return significant(value);
  // 2.50 M → 2.5 M, 2.00 M → 2 M; 250 M stays.
  return compact(value).replace(/\.?0+(?=\u202f|$)/, (zeros, _at, text: string) =>
    text.includes('.') ? '' : zeros,
  );
}

/** A value as it is read off a chart. */
export function valueText(value: number, unit: Unit): string {
  if (unit === 'percent') return percent(value);
  return unit === 'count' ? compact(value) : significant(value);
}

/** Makes room around a single value. */
function widened(low: number, high: number): readonly [number, number] {
  if (high > low) return [low, high];
  const room = low === 0 ? 1 : Math.abs(low) * 0.1;
  return [low - (low > 0 || low < 0 ? room : 0), high + room];
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
