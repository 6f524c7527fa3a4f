/** Lines as uPlot wants them: one column of x, a column of y for each line and for each mean drawn over it. */
import uPlot from 'uplot';
import type { GrowingCurve, Points } from './growingCurve.ts';
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

  const column = (curve: GrowingCurve, line: Line, range: readonly [number, number] | undefined): Points => {
    curve.take(line);
    const { xs, ys } = curve.points(range);
    return {
      xs: xUnit === 1 ? xs : xs.map((x) => x / xUnit),
      ys: positive ? ys.map((y) => (y !== null && y > 0 ? y : null)) : ys,
    };
  };

  return {
    of(lines, range) {
      const inSteps = range === undefined ? undefined : ([range[0] * xUnit, range[1] * xUnit] as const);
      return aligned(
        lines.flatMap((line, i) => {
          kept[i] ??= { plain: growingCurve(), smooth: growingCurve(smoothing) };
          const plain = column(kept[i].plain, line, inSteps);
          return isSmoothed(line, smoothing) ? [plain, column(kept[i].smooth, line, inSteps)] : [plain];
        }),
      );
    },
  };
}

/** Curves over one column of x. Most have the same one already; only others have to be merged. */
export function aligned(curves: readonly Points[]): uPlot.AlignedData {
  const groups: { readonly xs: Points['xs']; readonly members: number[] }[] = [];
  curves.forEach(({ xs }, i) => {
    const group = groups.find((one) => isSame(one.xs, xs));
    if (group === undefined) groups.push({ xs, members: [i] });
    else group.members.push(i);
  });
  const tables = groups.map(({ xs, members }): uPlot.AlignedData => [
    [...xs],
    ...members.map((i) => [...curves[i].ys]),
  ]);
  const table = tables.length === 1 ? tables[0] : uPlot.join(tables);
  const places = groups.flatMap(({ members }) => members);
  return [table[0], ...curves.map((_, i) => table[1 + places.indexOf(i)])];
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
