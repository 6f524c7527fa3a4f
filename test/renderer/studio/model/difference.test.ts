import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { applyEdit } from '../../../../renderer/studio/model/edit.ts';
import { cellDifference, difference, isSame, marksOf } from '../../../../renderer/studio/model/difference.ts';
import { cell, genotype } from '../arbitraries.ts';

describe('the difference of two cells', () => {
  it('puts every edge of both into one class', () => {
    fc.assert(
      fc.property(cell, cell, (before, after) => {
        const { same, changed, removed, added } = cellDifference(before, after);
        const left = [...same, ...changed].map(([a]) => a);
        const right = [...same, ...changed].map(([, b]) => b);
        const all = (edges: readonly unknown[]): number[] => edges.map((_, i) => i);
        expect([...left, ...removed].toSorted((a, b) => a - b)).toEqual(all(before.edges));
        expect([...right, ...added].toSorted((a, b) => a - b)).toEqual(all(after.edges));
        expect(marksOf({ ...cellDifference(before, after) }, 'before').size).toBe(before.edges.length);
        expect(marksOf({ ...cellDifference(before, after) }, 'after').size).toBe(after.edges.length);
      }),
      { seed: 5 },
    );
  });

  it('pairs edges of one node only: alike, or of one source with another operation', () => {
    fc.assert(
      fc.property(cell, cell, (before, after) => {
        const { same, changed } = cellDifference(before, after);
        for (const [a, b] of same) expect(before.edges[a]).toEqual(after.edges[b]);
        for (const [a, b] of changed) {
          expect(before.edges[a].from).toBe(after.edges[b].from);
          expect(before.edges[a].op).not.toBe(after.edges[b].op);
        }
        for (const [a, b] of [...same, ...changed]) expect(Math.floor(a / 2)).toBe(Math.floor(b / 2));
      }),
      { seed: 6 },
    );
  });

  it('turns round with its sides', () => {
    fc.assert(
      fc.property(cell, cell, (before, after) => {
        const there = cellDifference(before, after);
        const back = cellDifference(after, before);
        const sorted = (edges: readonly number[]) => edges.toSorted((a, b) => a - b);
        expect(sorted(back.removed)).toEqual(sorted(there.added));
        expect(sorted(back.added)).toEqual(sorted(there.removed));
        expect(back.leftOutput).toEqual(there.joinedOutput);
      }),
      { seed: 7 },
    );
  });

  it('does not mind the order of a node’s two edges', () => {
    fc.assert(
      fc.property(genotype, (one) => {
        const turned = one.normal.edges.map((_, i) => one.normal.edges[i ^ 1]);
        const other = { ...one, normal: { ...one.normal, edges: turned } };
        expect(isSame(difference(one, other))).toBe(true);
      }),
      { seed: 8 },
    );
  });
});

describe('one edit', () => {
  const { genotype: darts } = genotypes.get('DARTS_V2');
  const after = (edit: Parameters<typeof applyEdit>[1]) => {
    const result = applyEdit(darts, edit, { primitives: [], beyondSpace: true });
    return difference(darts, result.ok ? result.genotype : darts);
  };

  it('of an operation is one change', () => {
    const found = after({ kind: 'operation', cell: 'normal', edge: 5, op: 'avg_pool_3x3' });
    expect(found.normal).toMatchObject({ changed: [[5, 5]], removed: [], added: [] });
    expect(isSame(found)).toBe(false);
    expect(found.reduce.same).toHaveLength(8);
  });

  it('of a source takes one edge away and adds one', () => {
    const { normal } = after({ kind: 'source', cell: 'normal', edge: 6, from: 4 });
    expect(normal).toMatchObject({ changed: [], removed: [6], added: [6] });
    expect(marksOf(normal, 'before').get(6)).toBe('removed');
    expect(marksOf(normal, 'after').get(6)).toBe('added');
  });

  it('of the output is told as such', () => {
    const found = after({ kind: 'concat', cell: 'reduce', state: 4, isIncluded: false });
    expect(found.reduce).toMatchObject({ leftOutput: [4], joinedOutput: [] });
    expect(isSame(found)).toBe(false);
  });
});

it('nodes that one cell has beyond the other are all new', () => {
  const { normal } = genotypes.get('DARTS_V2').genotype;
  const shorter = { edges: normal.edges.slice(0, 4), concat: [2, 3] };
  expect(cellDifference(shorter, normal).added).toEqual([4, 5, 6, 7]);
  expect(cellDifference(normal, shorter).removed).toEqual([4, 5, 6, 7]);
});
