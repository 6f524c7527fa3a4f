import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendPoint, cutFrom, emptySeries, pointsOf } from '../../../core/runs/series.ts';
import type { Point, Series } from '../../../core/runs/series.ts';

describe('series', () => {
  it('behave as lists that are copied at every change, in whatever order old ones are extended', () => {
    const changes = fc.array(fc.record({ from: fc.nat(1000), cut: fc.boolean(), step: fc.nat(30) }), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const made: { series: Series; points: readonly Point[] }[] = [{ series: emptySeries, points: [] }];
        list.forEach(({ from, cut, step }, value) => {
          const { series, points } = made[from % made.length];
          const before = points.filter((p) => p.step < step);
          made.push(
            cut
              ? { series: cutFrom(series, step), points: before }
              : { series: appendPoint(series, step, value), points: [...before, { step, value }] },
          );
        });
        expect(made.map(({ series }) => pointsOf(series))).toEqual(made.map(({ points }) => points));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('share their memory as they grow', () => {
    let series = emptySeries;
    const buffers = new Set<ArrayBuffer>();
    for (let step = 0; step < 10_000; step++) {
      series = appendPoint(series, step, step);
      buffers.add(series.steps.buffer);
    }
    expect(buffers.size).toBeLessThan(12);
    expect(series.values.at(-1)).toBe(9999);
  });
});
