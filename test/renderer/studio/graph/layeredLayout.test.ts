import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutCell } from '../../../../core/report/svg/cellLayout.ts';
import type { CellGenotype } from '../../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { layeredLayout, ranksOf } from '../../../../renderer/studio/graph/layeredLayout.ts';
import { extentOf, routeOf, sizeOf } from '../../../../renderer/studio/graph/parts.ts';
import {
  OUTPUT,
  cellElements,
  operationId,
  stateId,
} from '../../../../renderer/studio/model/cellElements.ts';
import { cell } from '../arbitraries.ts';

describe('the layered layout', () => {
  it('runs from left to right: inputs first, the output last, every operation right before its node', () => {
    fc.assert(
      fc.property(cell, (one) => {
        const { positions } = layeredLayout(one);
        const ranks = ranksOf(one);
        const { lines, states } = cellElements('normal', one);
        for (const { source, target } of lines) expect(positions[source].x).toBeLessThan(positions[target].x);
        const xs = states.map(({ id }) => positions[id].x);
        expect(positions.state0.x).toBe(Math.min(...xs));
        expect(positions.state1.x).toBe(Math.min(...xs));
        expect(positions[OUTPUT].x).toBe(Math.max(...xs));
        one.edges.forEach((_, edge) => {
          expect(ranks[`op${edge}`]).toBe(ranks[`state${Math.floor(edge / 2) + 2}`] - 1);
        });
      }),
      { seed: 81, numRuns: 25 },
    );
  });

  it('puts no part over another', () => {
    fc.assert(
      fc.property(cell, (one) => {
        const all = Object.entries(layeredLayout(one).positions);
        all.forEach(([a, at], i) => {
          for (const [b, other] of all.slice(i + 1)) {
            const apartX = Math.abs(at.x - other.x) >= (sizeOf(a).width + sizeOf(b).width) / 2;
            const apartY = Math.abs(at.y - other.y) >= (sizeOf(a).height + sizeOf(b).height) / 2;
            expect(apartX || apartY, `${a} ${b}`).toBe(true);
          }
        });
      }),
      { seed: 82, numRuns: 25 },
    );
  });

  it('leads long lines past the parts between their ends', () => {
    for (const { genotype } of genotypes.all) {
      const { positions, vias } = layeredLayout(genotype.normal);
      for (const stops of Object.values(vias))
        for (const { x, y } of stops)
          for (const [id, at] of Object.entries(positions)) {
            const { width, height } = sizeOf(id);
            const inside = Math.abs(at.x - x) < width / 2 && Math.abs(at.y - y) < height / 2;
            expect(inside, id).toBe(false);
          }
    }
  });

  it('has inputs, nodes and operations from top to bottom as in reports and on the page of a run', () => {
    const ids = (one: CellGenotype): readonly string[][] => {
      const { order, operations } = layoutCell(one);
      const states = order.map((layer) =>
        layer.flatMap(({ kind, state }) => (kind === 'box' ? [state < 0 ? OUTPUT : stateId(state)] : [])),
      );
      const pairs = operations.map(({ edge }) => operationId(edge));
      return [...states, ...pairs.flatMap((id, i) => (i % 2 === 0 ? [[id, pairs[i + 1]]] : []))];
    };
    fc.assert(
      fc.property(cell, (one) => {
        const { positions } = layeredLayout(one);
        for (const group of ids(one))
          expect(group.toSorted((a, b) => positions[a].y - positions[b].y)).toEqual(group);
      }),
      { seed: 83, numRuns: 50 },
    );
  });

  it('is the same for cells of one shape, and the same every time', () => {
    const { normal } = genotypes.get('DARTS_V2').genotype;
    const other = {
      ...normal,
      edges: normal.edges.map((edge) => ({ ...edge, op: 'skip_connect' as const })),
    };
    expect(layeredLayout(other)).toBe(layeredLayout(normal));
  });
});

it('lines of parts that were moved go straight there, others keep their way', () => {
  const { normal } = genotypes.get('DARTS_V2').genotype;
  const layout = layeredLayout(normal);
  const { lines } = cellElements('normal', normal);
  const long = lines.find(({ id }) => layout.vias[id].length > 0);
  if (long === undefined) throw new Error('no line passes anything');
  const kept = routeOf(long, layout.positions, layout, () => false);
  const straight = routeOf(long, layout.positions, layout, (part) => part === long.source);
  expect(kept.controls.length).toBeGreaterThan(2);
  expect(straight.controls).toHaveLength(2);
  expect(straight.start).toEqual(kept.start);
});

it('the extent holds every part and every way', () => {
  for (const { genotype } of genotypes.all) {
    const layout = layeredLayout(genotype.reduce);
    const { width, height } = extentOf(layout);
    const xs = Object.entries(layout.positions).flatMap(([id, { x }]) => [
      x - sizeOf(id).width / 2,
      x + sizeOf(id).width / 2,
    ]);
    const ys = Object.values(layout.vias).flatMap((stops) => stops.map(({ y }) => y));
    expect(width).toBe(Math.max(...xs) - Math.min(...xs));
    expect(height).toBeGreaterThanOrEqual(ys.length === 0 ? 0 : Math.max(...ys) - Math.min(...ys));
  }
});
