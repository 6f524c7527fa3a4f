import { describe, expect, it } from 'vitest';
import type { CellGenotype, Genotype, PrimitiveId } from '../../../../../core/searchSpace/genotype.ts';
import type { EpochEnd } from '../../../../../renderer/pages/run/watch/epochs.ts';
import {
  alphaCourse,
  changePlaces,
  changesBetween,
  keeps,
  strongest,
} from '../../../../../renderer/pages/run/watch/epochs.ts';

const cell = (...edges: readonly (readonly [PrimitiveId, number])[]): CellGenotype => ({
  edges: edges.map(([op, from]) => ({ op, from })),
  concat: [2, 3],
});
const normal = cell(['sep_conv_3x3', 0], ['skip_connect', 1], ['sep_conv_3x3', 0], ['max_pool_3x3', 2]);
const genotype: Genotype = { normal, reduce: normal };
const swapped: Genotype = {
  normal,
  reduce: cell(['skip_connect', 1], ['sep_conv_3x3', 0], ['sep_conv_3x3', 0], ['max_pool_3x3', 2]),
};
const changed: Genotype = {
  normal: cell(['sep_conv_3x3', 0], ['skip_connect', 1], ['sep_conv_3x3', 1], ['max_pool_3x3', 2]),
  reduce: normal,
};
const rows = [
  [0.2, 0.8],
  [0.6, 0.4],
];
const end = (epoch: number, shown?: Genotype): EpochEnd => ({
  kind: 'epoch',
  at: 0,
  phase: 'search',
  epoch,
  step: epoch,
  metrics: {},
  edgeWeights: { normal: rows, reduce: rows },
  ...(shown === undefined ? {} : { genotype: shown }),
});

describe('what changed between two genotypes', () => {
  it('is nothing where edges of a node merely changed places', () => {
    expect(changesBetween(genotype, swapped)).toEqual([]);
  });

  it('is the edge before and after, with its cell and node', () => {
    expect(changesBetween(genotype, changed)).toEqual([
      {
        kind: 'normal',
        node: 1,
        before: { op: 'sep_conv_3x3', from: 0 },
        after: { op: 'sep_conv_3x3', from: 1 },
      },
    ]);
  });

  it('marks the epochs that changed something', () => {
    const ends = [end(0, genotype), end(1, swapped), end(2, changed), end(3), end(4, changed)];
    expect(changePlaces(ends)).toEqual([2]);
  });
});

describe('the alphas over the epochs', () => {
  it('name edges and operations by the space', () => {
    const course = alphaCourse([end(0, genotype)], {
      nodes: 1,
      primitives: ['skip_connect', 'sep_conv_3x3'],
    });
    expect(course?.edges).toEqual(['c(k−2) → node 0', 'c(k−1) → node 0']);
    expect(course?.operations).toEqual(['skip_connect', 'sep_conv_3x3']);
    expect(course?.scale).toEqual({ normal: 0.8, reduce: 0.8 });
  });

  it('have shares of the edges beside them with partial channels only', () => {
    const space = { nodes: 1, primitives: ['skip_connect', 'sep_conv_3x3'] };
    expect(alphaCourse([end(0)], space)?.shareScale).toBeUndefined();
    const shares = { normal: [0.5, 0.5], reduce: [0.25, 0.75] };
    const course = alphaCourse([{ ...end(0), edgeShares: shares }], space);
    expect(course?.epochs[0].shares).toEqual(shares);
    expect(course?.shareScale).toEqual({ normal: 0.5, reduce: 0.8 });
  });

  it('have numbers for names where the journal has another space than the configuration', () => {
    const course = alphaCourse([end(0)], { nodes: 4, primitives: ['none'] });
    expect(course?.edges).toEqual(['edge 0', 'edge 1']);
    expect(course?.operations).toEqual(['operation 0', 'operation 1']);
    expect(course?.rules).toEqual([]);
  });

  it('are none where a strategy has none', () => {
    const bare: EpochEnd = { kind: 'epoch', at: 0, phase: 'search', epoch: 0, step: 1, metrics: {} };
    expect(alphaCourse([bare], { nodes: 1, primitives: ['none'] })).toBeUndefined();
  });

  it('are marked where the genotype keeps them', () => {
    // Rows: node 0 from 0 and 1; node 1 from 0, 1 and 2.
    expect(keeps(normal, 2, 0, 'sep_conv_3x3')).toBe(true);
    expect(keeps(normal, 2, 0, 'skip_connect')).toBe(false);
    expect(keeps(normal, 2, 4, 'max_pool_3x3')).toBe(true);
    expect(keeps(normal, 2, 3, 'sep_conv_3x3')).toBe(false);
    expect(keeps(undefined, 2, 0, 'sep_conv_3x3')).toBe(false);
  });

  it('have a strongest operation, the first of equals', () => {
    expect(strongest([0.2, 0.5, 0.3])).toBe(1);
    expect(strongest([0.5, 0.5])).toBe(0);
  });
});
