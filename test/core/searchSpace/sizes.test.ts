import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { bestEdges, drawWeighted, sampleEdges, spaceSizes } from '../../../core/searchSpace/sizes.ts';
import { cifar, DARTS, everyGenotype, SMALL } from './spaces.ts';

describe('all sizes of a space', () => {
  it('count every genotype of the DARTS cell once', () => {
    const { normal, reduce } = spaceSizes(DARTS, cifar(20, 36));
    for (const { all } of [normal, reduce]) {
      expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(1_037_664_180);
    }
  });

  it('are those of the genotypes, with their numbers', () => {
    const skeleton = cifar(5, 4);
    const { macro, normal, reduce } = spaceSizes(SMALL, skeleton);
    const counted = new Map<string, number>();
    for (const genotype of everyGenotype(SMALL)) {
      const { params, macs } = countNetwork(genotype, skeleton);
      counted.set(`${params} ${macs}`, (counted.get(`${params} ${macs}`) ?? 0) + 1);
    }
    const combined = new Map<string, number>();
    for (const a of normal.all)
      for (const b of reduce.all) {
        const key = `${macro.params + a.params + b.params} ${macro.macs + a.macs + b.macs}`;
        combined.set(key, (combined.get(key) ?? 0) + a.count * b.count);
      }
    expect(combined).toEqual(counted);
  });
});

describe('a cell of a given size', () => {
  const skeleton = cifar(5, 4);
  const sizes = spaceSizes(SMALL, skeleton);

  it.each(['normal', 'reduce'] as const)('is drawn uniformly: %s', (kind) => {
    const rng = createRng(21);
    for (const size of sizes[kind].all) {
      const draws = 200 * size.count;
      const observed = new Map<string, number>();
      for (let i = 0; i < draws; i++) {
        const key = JSON.stringify(sampleEdges(sizes[kind], size, rng));
        observed.set(key, (observed.get(key) ?? 0) + 1);
      }
      expect(observed.size).toBe(size.count);
      // Six standard deviations of one count.
      for (const count of observed.values()) expect(Math.abs(count - 200)).toBeLessThan(6 * Math.sqrt(200));
    }
  });

  it('has that size when it is built', () => {
    const other = everyGenotype(SMALL)[0];
    for (const size of sizes.normal.all) {
      const normal = { ...other.normal, edges: bestEdges(size) };
      const rest = countNetwork({ ...other, normal }, skeleton).params - size.params;
      expect(rest).toBe(countNetwork(other, skeleton).params);
    }
  });
});

describe('a weighted draw', () => {
  it('follows the weights and never takes a weight of 0', () => {
    const rng = createRng(3);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++)
      counts[
        drawWeighted(
          [0, 1, 3, 0].map((weight) => ({ weight })),
          rng,
        )
      ]++;
    expect([counts[0], counts[3]]).toEqual([0, 0]);
    expect(counts[1] / 10_000).toBeCloseTo(0.25, 1);
  });
});
