/** The last value of a line in words, for legends and screen readers. */
import type { Line, LineChartProps } from './lineTypes.ts';

/** @returns nothing while the line has no points */
export function lastValue(
  { xs, ys }: Line,
  show: (value: number) => string,
  showLast: LineChartProps['showLast'] = show,
): string {
  const last = ys.length - 1;
  return last < 0 ? '' : showLast(ys[last], xs[last]);
}
