import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeCount, edgeIndex } from '../../../../core/searchSpace/topology.ts';
import type { SearchSpace } from '../../../../core/searchSpace/space.ts';
import {
  OUTPUT,
  cellElements,
  shapeOf,
  shareOf,
  weighedOn,
} from '../../../../renderer/studio/model/cellElements.ts';
import { operationCosts } from '../../../../renderer/studio/model/counts.ts';
import { cell } from '../arbitraries.ts';

const space: SearchSpace = { primitives: ['none', 'skip_connect', 'sep_conv_3x3'], nodes: 2 };
const rows = (cellNumber: number) =>
  Array.from({ length: edgeCount(2) }, (_, e) => [0.5, 0.1 + e / 100, 0.4 - e / 100 + cellNumber / 1000]);
const weights = { normal: rows(0), reduce: rows(1) };
const small = {
  edges: [
    { op: 'skip_connect', from: 0 },
    { op: 'sep_conv_3x3', from: 1 },
    { op: 'sep_conv_3x3', from: 2 },
    { op: 'max_pool_3x3', from: 0 },
  ],
  concat: [2, 3],
} as const;
const readable = { edges: [...small.edges], concat: [...small.concat] };

describe('the elements of a cell', () => {
  it('are its states, one operation an edge, and lines that lead through them', () => {
    fc.assert(
      fc.property(cell, (one) => {
        const { states, operations, lines } = cellElements('normal', one);
        const ids = [...states, ...operations].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(states).toHaveLength(one.edges.length / 2 + 3);
        expect(operations.map(({ op, from }) => ({ op, from }))).toEqual(one.edges);
        expect(lines.every(({ source, target }) => ids.includes(source) && ids.includes(target))).toBe(true);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
        // Two lines an edge, one a state of the output.
        expect(lines).toHaveLength(2 * one.edges.length + one.concat.length);
        expect(lines.filter(({ target }) => target === OUTPUT).map(({ source }) => source)).toEqual(
          one.concat.map((state) => `state${state}`),
        );
      }),
      { seed: 31 },
    );
  });

  it('carry alphas of their own edge and the runners-up, strongest first', () => {
    const [skip, , read, outside] = cellElements('reduce', readable, { space, weights }).operations;
    expect(skip).toMatchObject({ alpha: 0.1, family: 'skip', node: 0, from: 0 });
    expect(skip.runnersUp.map(({ op }) => op)).toEqual(['none', 'sep_conv_3x3']);
    expect(read.alpha).toBe(weights.reduce[edgeIndex(1, 2)][2]);
    expect(outside.alpha).toBeUndefined();
    expect(outside.runnersUp).toHaveLength(3);
  });

  it('carry the share of their edge where the search had shares', () => {
    const shares = { normal: [0.3, 0.7, 0.2, 0.3, 0.5], reduce: [0.6, 0.4, 0.1, 0.8, 0.1] };
    const { operations } = cellElements('reduce', readable, { space, weights, shares });
    expect(operations.map(({ share }) => share)).toEqual([0.6, 0.4, 0.1, 0.1]);
    expect(cellElements('reduce', readable, { space, weights }).operations[0]).not.toHaveProperty('share');
    expect(shareOf('normal', 2, 0, { space, shares })).toBeUndefined();
  });

  it('carry what they cost in all cells of their kind', () => {
    const costs = operationCosts({ cells: 5, channels: 8, classes: 10, imageSize: 16, imageChannels: 3 });
    const { operations } = cellElements('normal', readable, { costs });
    for (const { from, op, params, macs } of operations)
      expect({ params, macs }).toEqual(costs('normal', from, op));
    expect(operations[1].params).toBeGreaterThan(0);
  });

  it('know nothing that they were not told', () => {
    for (const one of cellElements('normal', readable).operations) {
      expect(one).not.toHaveProperty('alpha');
      expect(one).not.toHaveProperty('params');
      expect(one.runnersUp).toEqual([]);
    }
  });
});

describe('what the search weighed on an edge', () => {
  it('is nothing for nodes that it did not have', () => {
    expect(weighedOn('normal', 2, 0, { space, weights })).toEqual([]);
  });

  it('is nothing where the rows are those of another space', () => {
    const other: SearchSpace = { ...space, primitives: ['skip_connect', 'sep_conv_3x3'] };
    expect(weighedOn('normal', 0, 0, { space: other, weights })).toEqual([]);
  });
});

it('the shape tells sources and output, not operations', () => {
  const other = {
    ...readable,
    edges: readable.edges.map((edge) => ({ ...edge, op: 'skip_connect' as const })),
  };
  expect(shapeOf(other)).toBe(shapeOf(readable));
  expect(shapeOf({ ...readable, concat: [2] })).not.toBe(shapeOf(readable));
});
