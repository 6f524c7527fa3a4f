import { describe, expect, it } from 'vitest';
import {
  alphaEntropy,
  collapseWarnings,
  parameterFreeShare,
  skipCount,
  stability,
} from '../../../core/searchSpace/collapse.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { cellOf } from './spaces.ts';

const named = (id: string) => genotypes.get(id).genotype;
const POOLS = cellOf('max:0 skip:1 | avg:0 max:1 | max:0 max:1 | max:0 max:2');

describe('entropy of the alphas', () => {
  const row = (...p: number[]) => [p, p];

  it('is 1 for uniform rows, 0 for decided ones, and measured per cell', () => {
    const uniform = row(0.25, 0.25, 0.25, 0.25);
    const decided = row(0, 1, 0, 0);
    expect(alphaEntropy({ normal: uniform, reduce: uniform }).normalised).toBeCloseTo(1, 12);
    expect(alphaEntropy({ normal: decided, reduce: decided }).normalised).toBe(0);
    const mixed = alphaEntropy({ normal: decided, reduce: uniform });
    expect(mixed.perCell.normal).toBe(0);
    expect(mixed.perCell.reduce).toBeCloseTo(1, 12);
    expect(mixed.normalised).toBeCloseTo(0.5, 12);
    expect(alphaEntropy({ normal: row(0.5, 0.5, 0, 0), reduce: uniform }).perCell.normal).toBeCloseTo(
      0.5,
      12,
    );
  });
});

describe('what a genotype is made of', () => {
  it('has a share without weights and a number of skips', () => {
    expect(parameterFreeShare(named('DARTS_V2'))).toBe(10 / 16);
    expect(skipCount(named('DARTS_V2'))).toBe(2 + 3);
    expect(parameterFreeShare({ normal: POOLS, reduce: POOLS })).toBe(1);
    expect(parameterFreeShare(named('E2RNAS_PDARTS'))).toBe(2 / 16);
  });
});

describe('stability', () => {
  it('is 1 for equal genotypes, whatever the order of the edges into a node', () => {
    const { normal, reduce } = named('DARTS_V1');
    const swapped = { ...normal, edges: normal.edges.map((_, i) => normal.edges[i ^ 1]) };
    expect(stability({ normal, reduce }, { normal: swapped, reduce })).toBe(1);
  });

  it('falls by one part per changed edge and is 0 where no edge is kept', () => {
    const before = named('DARTS_V2');
    const normal = cellOf('sep3:0 sep3:1 | sep3:0 sep5:1 | sep3:1 skip:0 | skip:1 dil3:2');
    expect(stability(before, { ...before, normal })).toBe(14 / 16);
    const other = cellOf('dil5:0 dil5:1 | dil5:0 dil5:1 | dil5:0 dil5:1 | dil5:0 dil5:1');
    expect(stability(before, { normal: other, reduce: other })).toBe(0);
  });

  it('counts an edge that stands twice only as often as both have it', () => {
    const before = { normal: cellOf('sep3:0 sep3:0'), reduce: cellOf('sep3:0 sep3:1') };
    const now = { normal: cellOf('sep3:0 sep3:1'), reduce: cellOf('sep3:0 sep3:1') };
    expect(stability(before, now)).toBe(3 / 4);
  });
});

describe('warnings of a collapse', () => {
  const codes = (normal: string | typeof POOLS, reduce = named('PC_DARTS_CIFAR').reduce) =>
    collapseWarnings({ normal: typeof normal === 'string' ? cellOf(normal) : normal, reduce }).map(
      ({ code }) => code,
    );

  it('name a genotype, or a normal cell, without any convolution', () => {
    expect(codes(POOLS, POOLS)).toEqual(['collapse-parameter-free']);
    expect(codes(POOLS)).toEqual(['collapse-normal-cell']);
  });

  it('name more skips than a quarter of the normal edges', () => {
    const two = 'skip:0 skip:1 | sep3:0 max:1 | sep3:0 sep3:1 | sep3:0 sep3:1';
    expect(codes(two)).toEqual([]);
    expect(codes(two.replace('max', 'skip'))).toEqual(['collapse-skips']);
    expect(codes('sep3:0 skip:1')).toEqual([]);
    expect(codes('skip:0 skip:1', cellOf('sep3:0 sep3:1'))).toEqual([
      'collapse-normal-cell',
      'collapse-skips',
    ]);
  });

  it('say what is wrong and what to do', () => {
    const [warning] = collapseWarnings({ normal: POOLS, reduce: POOLS });
    expect(warning.message).toContain('collapsed');
    expect(warning.hint).toContain('lower bound');
  });

  it('are silent about the published genotypes, but for the three skips of first-order DARTS', () => {
    for (const id of ['DARTS_V2', 'PC_DARTS_CIFAR', 'PDARTS', 'E2RNAS_CIFAR10']) {
      expect(collapseWarnings(named(id)), id).toEqual([]);
    }
    expect(collapseWarnings(named('DARTS_V1')).map(({ code }) => code)).toEqual(['collapse-skips']);
  });
});
