import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toText } from '../../../../core/report/markup.ts';
import { SIZES, layoutCell } from '../../../../core/report/svg/cellLayout.ts';
import { depth, scaleOf } from '../../../../core/report/svg/heatMap.ts';
import { lineChart } from '../../../../core/report/svg/lineChart.ts';
import { niceAxis, position, tickText, tightAxis } from '../../../../core/report/svg/scale.ts';
import { MOST_POINTS, thinPoints } from '../../../../core/report/svg/thinPoints.ts';
import { PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';
import type { CellGenotype } from '../../../../core/searchSpace/genotype.ts';

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('axes', () => {
  it('hold their range on ascending ticks, few enough to read', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const slack = (Math.abs(low) + Math.abs(high) + 1e-300) * 1e-6;
        fc.pre(high - low === 0 || high - low > slack);
        const axis = niceAxis(low, high, 5);
        expect(axis.low).toBeLessThanOrEqual(low + slack);
        expect(axis.high).toBeGreaterThanOrEqual(high - slack);
        expect(axis.high).toBeGreaterThan(axis.low);
        expect(axis.ticks.length).toBeLessThanOrEqual(13);
        expect(axis.ticks.every((tick, i) => i === 0 || tick > axis.ticks[i - 1])).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it('have round ticks', () => {
    expect(niceAxis(0, 4.2, 5).ticks).toEqual([0, 1, 2, 3, 4, 5]);
    expect(tightAxis(0, 1000, 8).ticks.at(-1)).toBe(1000);
    expect(position({ low: 0, high: 10, ticks: [] }, 5, 100, -50)).toBe(75);
  });

  it('write ticks short and right', () => {
    const texts = [2e6, 2.5e6, 250e6, 800e6, 0, 10, 100].map((v) =>
      tickText(v, 'count').replace('\u202f', ' '),
    );
    expect(texts).toEqual(['2 M', '2.5 M', '250 M', '800 M', '0', '10', '100']);
  });
});

describe('thinPoints', () => {
  it('keeps the mean of all, the extremes and the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 2000 }),
        (ys) => {
          const { points, bucket } = thinPoints(
            ys.map((_, i) => i),
            ys,
          );
          expect(points.length).toBeLessThanOrEqual(MOST_POINTS);
          expect(bucket === 1).toBe(ys.length <= MOST_POINTS);
          expect(Math.min(...points.map((p) => p.low))).toBe(Math.min(...ys));
          expect(Math.max(...points.map((p) => p.high))).toBe(Math.max(...ys));
          expect(
            points.every((p, i) => p.low <= p.y && p.y <= p.high && (i === 0 || p.x > points[i - 1].x)),
          ).toBe(true);
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  it('leaves out what is no number', () => {
    expect(thinPoints([1, 2, 3], [NaN, 5, Infinity]).points.map((p) => p.x)).toEqual([2]);
  });
});

it('a chart without a point is none', () => {
  const chart = {
    id: 'x',
    title: 't',
    xName: 'step',
    yName: 'y',
    unit: 'number',
    lines: [{ name: 'a', points: [] }],
  } as const;
  expect(lineChart(chart)).toBeUndefined();
});

it('a chart of one constant point stays inside its frame', () => {
  const point = { x: 3, y: 0, low: 0, high: 0 };
  const chart = lineChart({
    id: 'x',
    title: 't',
    xName: 'step',
    yName: 'y',
    unit: 'number',
    lines: [{ name: 'a', points: [point] }],
  });
  const text = chart === undefined ? '' : toText(chart);
  expect(text).toContain('<circle class="dot c0"');
  expect(/NaN|Infinity/.test(text)).toBe(false);
});

it('fields of a heat map are deepest at the greatest share', () => {
  expect(scaleOf([[0.31, 0.2], [0.1]])).toBe(0.4);
  expect(scaleOf([[0, NaN]])).toBe(0.1);
  expect([depth(0, 0.4), depth(0.2, 0.4), depth(0.9, 0.4)]).toEqual([0, 0.5, 1]);
});

describe('the layout of a cell', () => {
  const cells: fc.Arbitrary<CellGenotype> = fc.integer({ min: 1, max: 5 }).chain((nodes) =>
    fc.record({
      edges: fc
        .tuple(
          ...Array.from({ length: nodes }, (_, node) =>
            fc
              .uniqueArray(fc.integer({ min: 0, max: node + 1 }), { minLength: 2, maxLength: 2 })
              .chain((pair) =>
                fc.tuple(
                  ...pair.map((from) =>
                    fc.record({ op: fc.constantFrom(...PRIMITIVES), from: fc.constant(from) }),
                  ),
                ),
              ),
          ),
        )
        .map((pairs) => pairs.flat()),
      concat: fc.uniqueArray(fc.integer({ min: 0, max: nodes + 1 }), { minLength: 1, maxLength: nodes + 2 }),
    }),
  );

  it('puts every node right of its inputs, inside the drawing, and no label over another', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const { width, height, states, operations, layerOf, output } = layoutCell(cell);
        cell.edges.forEach(({ from }, i) => {
          expect(layerOf(from)).toBeLessThan(layerOf(Math.floor(i / 2) + 2));
        });
        expect(states).toHaveLength(cell.edges.length / 2 + 2);
        expect(operations).toHaveLength(cell.edges.length);
        for (const { at } of states) {
          expect(at.x).toBeGreaterThan(0);
          expect(at.x).toBeLessThan(output.x);
          expect(at.y).toBeGreaterThan(0);
          expect(at.y).toBeLessThan(height);
        }
        expect(output.x).toBeLessThan(width);
        for (const a of operations) {
          for (const b of operations) {
            const apart = a.x !== b.x || Math.abs(a.y - b.y) >= SIZES.labelHeight;
            expect(a === b || apart).toBe(true);
          }
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
