import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf, relativeTo, route } from '../../../../renderer/studio/model/route.ts';

const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });

describe('a route', () => {
  it('leaves and arrives level', () => {
    fc.assert(
      fc.property(point, fc.array(point, { maxLength: 4 }), point, (start, via, end) => {
        const { controls } = route(start, via, end);
        expect(controls).toHaveLength(2 * (via.length + 1));
        expect(controls[0].y).toBe(start.y);
        expect(controls.at(-1)?.y).toBe(end.y);
        via.forEach(({ y }, i) => {
          expect([controls[2 * i + 1].y, controls[2 * i + 2].y]).toEqual([y, y]);
        });
      }),
      { seed: 71 },
    );
  });

  it('is the same seen from the straight line between any two points', () => {
    fc.assert(
      fc.property(point, point, point, point, (from, to, start, end) => {
        fc.pre(Math.hypot(to.x - from.x, to.y - from.y) > 1);
        const { controls } = route(start, [], end);
        const { weights, distances } = relativeTo(from, to, controls);
        const length = Math.hypot(to.x - from.x, to.y - from.y);
        // Cytoscape: from + weight · (to − from) + distance · the unit normal (−dy, dx).
        controls.forEach(({ x, y }, i) => {
          const nx = -(to.y - from.y) / length;
          const ny = (to.x - from.x) / length;
          expect(from.x + weights[i] * (to.x - from.x) + distances[i] * nx).toBeCloseTo(x, 6);
          expect(from.y + weights[i] * (to.y - from.y) + distances[i] * ny).toBeCloseTo(y, 6);
        });
      }),
      { seed: 72 },
    );
  });

  it('is written as a path that begins and ends where it does', () => {
    const path = pathOf(route({ x: 0, y: 0 }, [{ x: 10, y: 4 }], { x: 20, y: 8 }));
    expect(path).toMatch(/^M0 0Q/);
    expect(path).toMatch(/ 20 8$/);
    expect(path.match(/Q/g)).toHaveLength(4);
    expect(path).toContain(' 10 4');
  });
});

it('two parts on one spot have no line to speak of', () => {
  const at = { x: 3, y: 3 };
  const { weights, distances } = relativeTo(at, at, [{ x: 5, y: 5 }]);
  expect([...weights, ...distances].every(Number.isFinite)).toBe(true);
});
