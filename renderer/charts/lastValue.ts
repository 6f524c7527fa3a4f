/** The last value of a line in words, for legends and screen readers. */
import type { Line, LineChartProps } from './lineTypes.ts';

/** @returns nothing while the line has no points */
export function lastValue(
  { xs, ys }: Line,
  show: (value: number) => string,
  showLast: LineChartProps['showLast'],
): string {
  const last = ys.length - 1;
  if (last < 0) return '';
  // `show` may take more than the value, such as a number of digits.
  return showLast === undefined ? show(ys[last]) : showLast(ys[last], xs[last]);
}
