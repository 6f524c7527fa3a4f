import { describe, expect, it } from 'vitest';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { assertReachable, reachableRange, withinBudget } from '../../../core/searchSpace/range.ts';
import { cifar, DARTS, everyGenotype, SMALL, thrown } from './spaces.ts';

describe('the reachable range', () => {
  it('of the DARTS space is that of the floor and the ceiling cell', () => {
    const range = reachableRange(DARTS, cifar(20, 36));
    expect(range).toMatchObject({ minParams: 1_370_134, maxParams: 5_144_086 });
    expect(range.minMacs / 1e6).toBeCloseTo(227.27, 2);
    expect(range.maxMacs / 1e6).toBeCloseTo(817.83, 2);
  });

  it.each([1, 2, 3, 6])('is exact over all genotypes of a small space with %i cells', (cells) => {
    const skeleton = { cells, channels: 4, classes: 3, imageSize: 16, imageChannels: 1 };
    // A strided skip has weights, so the smallest cell reads its own nodes where it can.
    const sizes = everyGenotype(SMALL).map((genotype) => countNetwork(genotype, skeleton));
    const params = sizes.map((size) => size.params);
    const macs = sizes.map((size) => size.macs);
    expect(reachableRange(SMALL, skeleton)).toEqual({
      minParams: Math.min(...params),
      maxParams: Math.max(...params),
      minMacs: Math.min(...macs),
      maxMacs: Math.max(...macs),
    });
  });
});

describe('a budget', () => {
  const skeleton = cifar(20, 36);

  it('includes its bounds', () => {
    const budget = { minParams: 10, maxParams: 20, minMacs: 5, maxMacs: 5 };
    expect([10, 20, 9, 21].map((params) => withinBudget(budget, { params, macs: 5 }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([4, 6].map((macs) => withinBudget(budget, { params: 15, macs }))).toEqual([false, false]);
    expect(withinBudget({}, { params: 0, macs: 1e15 })).toBe(true);
  });

  it('that a genotype meets is accepted, to the last parameter', () => {
    for (const budget of [
      {},
      { maxParams: 1_370_134 },
      { minParams: 5_144_086 },
      { minParams: 2_000_000, maxMacs: 400_000_000 },
    ]) {
      expect(() => assertReachable(budget, DARTS, skeleton)).not.toThrow();
    }
  });

  it('outside the range is refused with the range and the nearest size', () => {
    const error = thrown(() => assertReachable({ maxParams: 1_370_133 }, DARTS, skeleton));
    expect(error.code).toBe('budget-unreachable');
    expect(error.message).toContain('at most 1 370 133 parameters');
    expect(error.message).toContain('1 370 134 to 5 144 086 parameters');
    expect(error.hint).toContain('1 370 134');
    expect(thrown(() => assertReachable({ minParams: 5_144_087 }, DARTS, skeleton)).code).toBe(
      'budget-unreachable',
    );
  });

  it('is refused where each bound can be met but not both, or where no size lies between them', () => {
    const both = { maxParams: 1_400_000, minMacs: 500_000_000 };
    expect(thrown(() => assertReachable(both, DARTS, skeleton)).message).toContain(
      'at least 500 000 000 MACs',
    );
    const gap = { minParams: 1_370_135, maxParams: 1_370_200 };
    expect(thrown(() => assertReachable(gap, DARTS, skeleton)).message).toContain(
      '1 370 135 to 1 370 200 parameters',
    );
  });
});
