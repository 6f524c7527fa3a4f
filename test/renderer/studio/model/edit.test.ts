import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DARTS_PRIMITIVES, Genotype, PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { genotypeProblems } from '../../../../core/searchSpace/trainable.ts';
import type { Edit, Rules } from '../../../../renderer/studio/model/edit.ts';
import { applyEdit, nodesOf, refusalOf } from '../../../../renderer/studio/model/edit.ts';
import { isBlocking, problemsOf } from '../../../../renderer/studio/model/problems.ts';
import { genotype } from '../arbitraries.ts';

const rules: Rules = { primitives: DARTS_PRIMITIVES, beyondSpace: false };
const free: Rules = { ...rules, beyondSpace: true };

/** Any edit that a person could try, most of them wrong. */
const editOf = (cells: Genotype): fc.Arbitrary<Edit> => {
  const nodes = nodesOf(cells.normal);
  const cell = fc.constantFrom('normal' as const, 'reduce' as const);
  const edge = fc.integer({ min: 0, max: 2 * nodes - 1 });
  return fc.oneof(
    fc.record({ kind: fc.constant('operation' as const), cell, edge, op: fc.constantFrom(...PRIMITIVES) }),
    fc.record({
      kind: fc.constant('source' as const),
      cell,
      edge,
      from: fc.integer({ min: -1, max: nodes + 2 }),
    }),
    fc.record({
      kind: fc.constant('concat' as const),
      cell,
      state: fc.integer({ min: 0, max: nodes + 1 }),
      isIncluded: fc.boolean(),
    }),
  );
};

const genotypeAndEdits = genotype.chain((start) =>
  fc.tuple(fc.constant(start), fc.array(editOf(start), { minLength: 1, maxLength: 30 })),
);

describe('edits of a genotype', () => {
  it('never lead out of what can be built, whatever is tried', () => {
    fc.assert(
      fc.property(genotypeAndEdits, ([start, edits]) => {
        const end = edits.reduce<Genotype>((now, edit) => {
          const result = applyEdit(now, edit, free);
          return result.ok ? result.genotype : now;
        }, start);
        expect(Genotype.safeParse(end).success).toBe(true);
        expect(problemsOf(end, free, undefined).filter(isBlocking)).toEqual([]);
        for (const { edges } of [end.normal, end.reduce])
          edges.forEach(({ from }, i) => {
            expect(from).toBeLessThan(Math.floor(i / 2) + 2);
            expect(from).not.toBe(edges[i ^ 1].from);
          });
      }),
      { seed: 11 },
    );
  });

  it('leave what they are given as it was, and share the cell they do not touch', () => {
    fc.assert(
      fc.property(genotypeAndEdits, ([start, [edit]]) => {
        const before = structuredClone(start);
        const result = applyEdit(start, edit, free);
        expect(start).toEqual(before);
        const other = edit.cell === 'normal' ? 'reduce' : 'normal';
        if (result.ok) expect(result.genotype[other]).toBe(start[other]);
      }),
      { seed: 12 },
    );
  });

  it('give back the very genotype where they change nothing', () => {
    const { genotype: darts } = genotypes.get('DARTS_V2');
    const [{ op, from }] = darts.normal.edges;
    const edits: readonly Edit[] = [
      { kind: 'operation', cell: 'normal', edge: 0, op },
      { kind: 'source', cell: 'normal', edge: 0, from },
      { kind: 'concat', cell: 'normal', state: 3, isIncluded: true },
    ];
    for (const edit of edits) expect(applyEdit(darts, edit, rules)).toEqual({ ok: true, genotype: darts });
    expect(
      edits.map((edit) => applyEdit(darts, edit, rules)).every((r) => r.ok && r.genotype === darts),
    ).toBe(true);
  });

  it('change the one edge they name', () => {
    const { genotype: darts } = genotypes.get('DARTS_V2');
    const changed = applyEdit(
      darts,
      { kind: 'operation', cell: 'reduce', edge: 3, op: 'sep_conv_5x5' },
      rules,
    );
    const moved = applyEdit(darts, { kind: 'source', cell: 'normal', edge: 6, from: 4 }, rules);
    expect(changed.ok && changed.genotype.reduce.edges[3]).toEqual({
      ...darts.reduce.edges[3],
      op: 'sep_conv_5x5',
    });
    expect(moved.ok && moved.genotype.normal.edges[6]).toEqual({ ...darts.normal.edges[6], from: 4 });
    expect(moved.ok && moved.genotype.normal.edges.with(6, darts.normal.edges[6])).toEqual(
      darts.normal.edges,
    );
  });

  it('keep the states of the output in order', () => {
    const { genotype: darts } = genotypes.get('DARTS_V2');
    const without = applyEdit(darts, { kind: 'concat', cell: 'normal', state: 3, isIncluded: false }, rules);
    expect(without.ok && without.genotype.normal.concat).toEqual([2, 4, 5]);
    if (!without.ok) return;
    const again = applyEdit(
      without.genotype,
      { kind: 'concat', cell: 'normal', state: 3, isIncluded: true },
      rules,
    );
    expect(again.ok && again.genotype.normal.concat).toEqual([2, 3, 4, 5]);
  });
});

describe('what is refused', () => {
  // Node 2 reads c(k−1) and c(k−2).
  const cell = genotypes.get('DARTS_V2').genotype.normal;
  const source = (edge: number, from: number): Edit => ({ kind: 'source', cell: 'normal', edge, from });

  it.each([
    ['the other input of the node', source(4, 0), { kind: 'sameState', node: 2, from: 0 }],
    ['the node itself', source(4, 4), { kind: 'notBefore', node: 2, from: 4 }],
    ['a later node', source(4, 5), { kind: 'notBefore', node: 2, from: 5 }],
    ['a state that is none', source(4, -1), { kind: 'notBefore', node: 2, from: -1 }],
    [
      'the zero operation',
      { kind: 'operation', cell: 'normal', edge: 0, op: 'none' },
      { kind: 'zeroOperation' },
    ],
    [
      'an operation outside the space',
      { kind: 'operation', cell: 'normal', edge: 0, op: 'conv_7x1_1x7' },
      { kind: 'outsideSpace', op: 'conv_7x1_1x7' },
    ],
    [
      'an input in the output',
      { kind: 'concat', cell: 'normal', state: 1, isIncluded: true },
      { kind: 'inputInOutput', state: 1 },
    ],
  ] as const)('%s', (_, edit, refusal) => {
    expect(refusalOf(cell, edit, rules)).toEqual(refusal);
  });

  it('the last state of the output may not leave', () => {
    const single = { ...cell, concat: [4] };
    const leave = (state: number): Edit => ({ kind: 'concat', cell: 'normal', state, isIncluded: false });
    expect(refusalOf(single, leave(4), rules)).toEqual({ kind: 'emptyOutput' });
    expect(refusalOf(single, leave(3), rules)).toBeUndefined();
  });

  it('operations outside the space pass where they are allowed, the zero operation never', () => {
    const set = (op: (typeof PRIMITIVES)[number]): Edit => ({
      kind: 'operation',
      cell: 'normal',
      edge: 0,
      op,
    });
    expect(refusalOf(cell, set('sep_conv_7x7'), free)).toBeUndefined();
    expect(refusalOf(cell, set('none'), free)).toEqual({ kind: 'zeroOperation' });
  });
});

describe('problems of a genotype from elsewhere', () => {
  it('are told of published ones that no search here would find', () => {
    const kinds = (id: string) => problemsOf(genotypes.get(id).genotype, rules, 4).map(({ kind }) => kind);
    expect(kinds('DARTS_V2')).toEqual([]);
    expect(new Set(kinds('ENNAS'))).toEqual(new Set(['zeroOperation', 'sameState']));
    expect(new Set(kinds('ENNAS_PR'))).toEqual(new Set(['zeroOperation', 'sameState']));
  });

  it('name operations outside the space once, and another number of nodes', () => {
    const { genotype: e2rnas } = genotypes.get('E2RNAS_CIFAR10');
    const small: Rules = { primitives: ['skip_connect', 'max_pool_3x3'], beyondSpace: true };
    expect(problemsOf(e2rnas, small, 2)).toEqual([
      { kind: 'outsideSpace', ops: ['sep_conv_5x5', 'sep_conv_3x3'] },
      { kind: 'nodes', cell: 'normal', nodes: 4, expected: 2 },
      { kind: 'nodes', cell: 'reduce', nodes: 4, expected: 2 },
    ]);
  });

  it('block training exactly where the engine would refuse it', () => {
    const { genotype: darts } = genotypes.get('DARTS_V2');
    const inputOut = (cell: 'normal' | 'reduce') => ({
      ...darts,
      [cell]: { ...darts[cell], concat: [1, 2] },
    });
    const blocks = (one: Genotype) => problemsOf(one, rules, 4).some(isBlocking);
    expect([blocks(inputOut('normal')), blocks(inputOut('reduce'))]).toEqual([false, true]);
    for (const { genotype: published } of genotypes.all)
      expect(blocks(published)).toBe(genotypeProblems(published).length > 0);
  });
});
