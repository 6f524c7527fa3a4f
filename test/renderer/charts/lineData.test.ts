import { describe, expect, it } from 'vitest';
import { lineData } from '../../../renderer/charts/lineData.ts';

const options = { smoothing: 0, xUnit: 1, positive: false };

describe('the columns of a chart', () => {
  it('are the lines themselves where all have the same x', () => {
    const lines = [
      { label: 'a', xs: [1, 2], ys: [5, 6] },
      { label: 'b', xs: [1, 2], ys: [7, 8] },
    ];
    expect(lineData(options).of(lines)).toEqual([
      [1, 2],
      [5, 6],
      [7, 8],
    ]);
  });

  it('keep the order of the lines when these have different x', () => {
    const lines = [
      { label: 'steps', xs: [1, 2, 3, 4], ys: [1, 2, 3, 4] },
      { label: 'epochs', xs: [2, 4], ys: [20, 40] },
      { label: 'more steps', xs: [1, 2, 3, 4], ys: [5, 6, 7, 8] },
    ];
    const [xs, steps, epochs, more] = lineData(options).of(lines);
    expect(xs).toEqual([1, 2, 3, 4]);
    expect([steps, more]).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect([epochs[1], epochs[3]]).toEqual([20, 40]);
    expect([epochs[0] ?? undefined, epochs[2] ?? undefined]).toEqual([undefined, undefined]);
  });

  it('have a mean beside each line that is smoothed, and none for lines of few points', () => {
    const lines = [
      { label: 'a', xs: [1, 2], ys: [0, 1] },
      { label: 'b', xs: [1, 2], ys: [3, 4], hasPoints: true },
    ];
    const data = lineData({ ...options, smoothing: 0.5 }).of(lines);
    expect(data).toHaveLength(4);
    expect(data[1]).toEqual([0, 1]);
    expect(data[2][1]).toBeCloseTo(2 / 3, 12);
    expect(data[3]).toEqual([3, 4]);
  });

  it('count x in the unit of the axis, and leave out what a logarithm has no place for', () => {
    const lines = [{ label: 'a', xs: [10, 20, 30], ys: [1, 0, -1] }];
    expect(lineData({ smoothing: 0, xUnit: 10, positive: true }).of(lines)).toEqual([
      [1, 2, 3],
      [1, null, null],
    ]);
  });
});
