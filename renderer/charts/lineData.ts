/** Lines as uPlot wants them: one column of x, a column of y for each line and for each mean drawn over it. */
import uPlot from 'uplot';
import type { GrowingCurve } from './growingCurve.ts';
import { growingCurve } from './growingCurve.ts';
import type { Line } from './lineTypes.ts';

export interface LineDataOptions {
  readonly smoothing: number;
  readonly xUnit: number;
  /** Leaves out what a logarithm has no place for. */
  readonly positive: boolean;
}

export interface LineData {
  /** @param range of x on the axis: the part looked at, in full detail */
  of(lines: readonly Line[], range?: readonly [number, number]): uPlot.AlignedData;
}

/** A mean of few points says less than the points. */
export function isSmoothed({ hasPoints = false }: Line, smoothing: number): boolean {
  return smoothing > 0 && !hasPoints;
}

export function lineData({ smoothing, xUnit, positive }: LineDataOptions): LineData {
  const kept: { plain: GrowingCurve; smooth: GrowingCurve }[] = [];

  const column = (
    curve: GrowingCurve,
    line: Line,
    range: readonly [number, number] | undefined,
  ): uPlot.AlignedData => {
    curve.take(line);
    const { xs, ys } = curve.points(range);
    return [
      xUnit === 1 ? [...xs] : xs.map((x) => x / xUnit),
      positive ? ys.map((y) => (y !== null && y > 0 ? y : null)) : [...ys],
    ];
  };

  return {
    of(lines, range) {
      const inSteps = range === undefined ? undefined : ([range[0] * xUnit, range[1] * xUnit] as const);
      const columns = lines.flatMap((line, i) => {
        kept[i] ??= { plain: growingCurve(), smooth: growingCurve(smoothing) };
        const plain = column(kept[i].plain, line, inSteps);
        return isSmoothed(line, smoothing) ? [plain, column(kept[i].smooth, line, inSteps)] : [plain];
      });
      return columns.length === 1 ? columns[0] : uPlot.join(columns);
    },
  };
}
