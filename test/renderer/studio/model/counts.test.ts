import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNetwork, edgeCosts, macroCost } from '../../../../core/searchSpace/cost.ts';
import { DARTS_PRIMITIVES } from '../../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { edgeIndex } from '../../../../core/searchSpace/topology.ts';
import { countOf, operationCosts, recount } from '../../../../renderer/studio/model/counts.ts';
import { applyEdit } from '../../../../renderer/studio/model/edit.ts';
import { genotype, operation, skeleton } from '../arbitraries.ts';

const DARTS = { cells: 20, channels: 36, classes: 10, imageSize: 32, imageChannels: 3 };
const free = { primitives: [], beyondSpace: true };

describe('the recount', () => {
  it('is the engine’s count of the whole network, and its difference that of two such counts', () => {
    fc.assert(
      fc.property(genotype, genotype, skeleton, (now, before, frame) => {
        const counted = recount(now, before, frame, {});
        const whole = countNetwork(now, frame);
        const original = countNetwork(before, frame);
        expect(counted).toEqual({
          ...whole,
          bytes: 4 * whole.params,
          more: { params: whole.params - original.params, macs: whole.macs - original.macs },
        });
      }),
      { seed: 21 },
    );
  });

  it('changes with an operation by what the inspector says it costs there', () => {
    fc.assert(
      fc.property(
        genotype,
        skeleton,
        operation,
        fc.nat(),
        fc.constantFrom('normal', 'reduce'),
        (start, frame, op, at, kind) => {
          const edge = at % start[kind].edges.length;
          const { op: before, from } = start[kind].edges[edge];
          const result = applyEdit(start, { kind: 'operation', cell: kind, edge, op }, free);
          const now = result.ok ? result.genotype : start;
          const costs = operationCosts(frame);
          const { more } = recount(now, start, frame, {});
          expect(more).toEqual({
            params: costs(kind, from, op).params - costs(kind, from, before).params,
            macs: costs(kind, from, op).macs - costs(kind, from, before).macs,
          });
        },
      ),
      { seed: 22 },
    );
  });

  it('of edges and the rest adds up to the network', () => {
    fc.assert(
      fc.property(genotype, skeleton, (one, frame) => {
        const costs = operationCosts(frame);
        const concat = { normal: one.normal.concat.length, reduce: one.reduce.concat.length };
        const edges = (['normal', 'reduce'] as const).flatMap((kind) =>
          one[kind].edges.map(({ op, from }) => costs(kind, from, op).params),
        );
        const macro = macroCost(frame, concat, { affine: true }).params;
        expect(edges.reduce((a, b) => a + b, macro)).toBe(countOf(one, frame).params);
      }),
      { seed: 23 },
    );
  });

  it('agrees with the published size of the paper’s own genotype', () => {
    expect((countOf(genotypes.get('E2RNAS_CIFAR10').genotype, DARTS).params / 1e6).toFixed(1)).toBe('2.1');
  });
});

it('costs of operations are those that the search counts with', () => {
  const space = { primitives: [...DARTS_PRIMITIVES], nodes: 4 };
  const table = edgeCosts(space, DARTS, { affine: true }).operations;
  const costs = operationCosts(DARTS);
  for (const kind of ['normal', 'reduce'] as const)
    for (const from of [0, 1, 2, 3])
      space.primitives.forEach((op, k) => {
        expect(costs(kind, from, op)).toEqual(table[kind][edgeIndex(2, from)]?.[k]);
      });
});

it('the budget is kept at its bounds and left one beyond them', () => {
  const { genotype: one } = genotypes.get('DARTS_V2');
  const { params, macs } = countOf(one, DARTS);
  const bounds = (budget: Parameters<typeof recount>[3]) => {
    const { paramsBound, macsBound } = recount(one, one, DARTS, budget);
    return [paramsBound, macsBound];
  };
  expect(bounds({})).toEqual([undefined, undefined]);
  expect(bounds({ minParams: params, maxParams: params })).toEqual(['within', undefined]);
  expect(bounds({ minParams: params + 1 })).toEqual(['below', undefined]);
  expect(bounds({ maxParams: params - 1, maxMacs: macs - 1 })).toEqual(['above', 'above']);
  expect(bounds({ minMacs: macs + 1 })).toEqual([undefined, 'below']);
});
