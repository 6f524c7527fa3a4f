import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import type { Rng } from '../../../core/base/rng.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { EdgeWeights } from '../../../core/searchSpace/discretize.ts';
import { deriveTop2, deriveWithinBudget } from '../../../core/searchSpace/discretize.ts';
import { Genotype } from '../../../core/searchSpace/genotype.ts';
import { reachableRange, withinBudget } from '../../../core/searchSpace/range.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeCount, edgeIndex } from '../../../core/searchSpace/topology.ts';
import { cifar, DARTS, everyGenotype, SMALL, thrown } from './spaces.ts';

function randomWeights(space: SearchSpace, rng: Rng, spread = 1): EdgeWeights {
  const rows = () =>
    Array.from({ length: edgeCount(space.nodes) }, () => {
      const powers = space.primitives.map(() => Math.exp(spread * rng.normal()));
      const sum = powers.reduce((a, b) => a + b);
      return powers.map((p) => p / sum);
    });
  return { normal: rows(), reduce: rows() };
}

/** Sum of the weights of the kept operations. */
function score(genotype: Genotype, weights: EdgeWeights, space: SearchSpace): number {
  let sum = 0;
  for (const kind of ['normal', 'reduce'] as const) {
    genotype[kind].edges.forEach(({ op, from }, i) => {
      sum += weights[kind][edgeIndex(Math.floor(i / 2), from)][space.primitives.indexOf(op)];
    });
  }
  return sum;
}

describe('the two strongest edges of each node', () => {
  const two: SearchSpace = { primitives: ['none', 'skip_connect', 'sep_conv_3x3'], nodes: 2 };

  it('are kept with their strongest operation; none takes no part', () => {
    const rows = [
      [0.9, 0.06, 0.04], // node 0 ← 0: skip
      [0.1, 0.2, 0.7], // node 0 ← 1: sep
      [0.2, 0.5, 0.3], // node 1 ← 0: 0.5
      [0.8, 0.1, 0.1], // node 1 ← 1: 0.1, dropped although it is sure of `none`
      [0.3, 0.3, 0.4], // node 1 ← 2: 0.4
    ];
    const cell = {
      edges: [
        { op: 'skip_connect', from: 0 },
        { op: 'sep_conv_3x3', from: 1 },
        { op: 'skip_connect', from: 0 },
        { op: 'sep_conv_3x3', from: 2 },
      ],
      concat: [2, 3],
    };
    expect(deriveTop2({ normal: rows, reduce: rows }, two)).toEqual({ normal: cell, reduce: cell });
  });

  it('are the first ones among equals', () => {
    const rows = Array.from({ length: 14 }, () => DARTS.primitives.map(() => 1 / 8));
    const { normal } = deriveTop2({ normal: rows, reduce: rows }, DARTS);
    expect(normal.edges).toEqual([0, 1, 0, 1, 0, 1, 0, 1].map((from) => ({ op: 'max_pool_3x3', from })));
  });

  it('have distinct sources and no none, for any weights', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, nodes) => {
        const space = { ...DARTS, nodes };
        const genotype = deriveTop2(randomWeights(space, createRng(seed), 3), space);
        expect(Genotype.safeParse(genotype).success).toBe(true);
        for (const { edges } of [genotype.normal, genotype.reduce]) {
          expect(edges).toHaveLength(2 * nodes);
          for (let i = 0; i < edges.length; i += 2) expect(edges[i].from).toBeLessThan(edges[i + 1].from);
          expect(edges.some(({ op }) => op === 'none')).toBe(false);
        }
      }),
    );
  });

  it('are not taken from weights that are not numbers', () => {
    const weights = randomWeights(DARTS, createRng(1));
    const normal = weights.normal.map((row, e) => (e === 3 ? row.map(() => NaN) : row));
    expect(thrown(() => deriveTop2({ ...weights, normal }, DARTS)).code).toBe('weights-not-finite');
  });
});

describe('derivation inside a budget', () => {
  it('is the two strongest edges where these lie inside', () => {
    const weights = randomWeights(DARTS, createRng(2));
    const skeleton = cifar(20, 36);
    const top2 = deriveTop2(weights, DARTS);
    const { params, macs } = countNetwork(top2, skeleton);
    const exact = { minParams: params, maxParams: params, minMacs: macs, maxMacs: macs };
    expect(deriveWithinBudget(weights, DARTS, skeleton, {})).toEqual({ genotype: top2, rule: 'top2' });
    expect(deriveWithinBudget(weights, DARTS, skeleton, exact)).toEqual({ genotype: top2, rule: 'top2' });
  });

  it('finds the best genotype of all that lie inside', () => {
    const skeleton = { cells: 5, channels: 4, classes: 3, imageSize: 16, imageChannels: 3 };
    const all = everyGenotype(SMALL).map((genotype) => ({
      genotype,
      size: countNetwork(genotype, skeleton),
    }));
    const { minParams, maxParams, minMacs, maxMacs } = reachableRange(SMALL, skeleton);
    let bounded = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const weights = randomWeights(SMALL, rng);
        const low = Math.round(rng.uniform(minParams, maxParams));
        const budget = {
          minParams: low,
          maxParams: low + rng.int(3000),
          ...(rng.int(2) === 0 ? { maxMacs: Math.round(rng.uniform(minMacs, maxMacs)) } : {}),
          ...(rng.int(4) === 0 ? { minMacs: Math.round(rng.uniform(minMacs, (minMacs + maxMacs) / 2)) } : {}),
        };
        const inside = all.filter(({ size }) => withinBudget(budget, size));
        if (inside.length === 0) {
          const error = thrown(() => deriveWithinBudget(weights, SMALL, skeleton, budget));
          expect(error.code).toBe('budget-unreachable');
          expect(error.message.replaceAll(' ', '')).toContain(`${minParams}to${maxParams}parameters`);
          return;
        }
        const { genotype, rule } = deriveWithinBudget(weights, SMALL, skeleton, budget);
        expect(withinBudget(budget, countNetwork(genotype, skeleton))).toBe(true);
        const best = Math.max(...inside.map((other) => score(other.genotype, weights, SMALL)));
        expect(score(genotype, weights, SMALL)).toBeCloseTo(best, 12);
        if (rule === 'withinBudget') bounded++;
      }),
      { numRuns: 200 },
    );
    expect(bounded).toBeGreaterThan(40);
  });

  it('holds hard bounds on the DARTS space within a second, and repeats', () => {
    const skeleton = cifar(20, 36);
    const weights = randomWeights(DARTS, createRng(3));
    const { minParams, maxParams } = reachableRange(DARTS, skeleton);
    const budgets = [
      { maxParams: minParams },
      { minParams: maxParams },
      { minParams: 2_000_000, maxParams: 2_010_000, maxMacs: 310_000_000 },
      { maxParams: 1_400_000, minMacs: 230_000_000 },
    ];
    for (const budget of budgets) {
      const start = performance.now();
      const { genotype, rule } = deriveWithinBudget(weights, DARTS, skeleton, budget);
      expect(performance.now() - start).toBeLessThan(1000);
      expect(rule).toBe('withinBudget');
      expect(withinBudget(budget, countNetwork(genotype, skeleton))).toBe(true);
      expect(Genotype.safeParse(genotype).success).toBe(true);
      expect(deriveWithinBudget(weights, DARTS, skeleton, budget).genotype).toEqual(genotype);
    }
  });
});
