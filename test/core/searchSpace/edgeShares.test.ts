/** Shares of edges: on the simplex by node, part of what ranks a candidate, and of what a network is expected to cost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { betaEntropy } from '../../../core/searchSpace/collapse.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import type { EdgeWeights } from '../../../core/searchSpace/discretize.ts';
import { deriveTop2, deriveWithinBudget } from '../../../core/searchSpace/discretize.ts';
import { byNode, edgeShares, edgeStrengths } from '../../../core/searchSpace/edgeShares.ts';
import { expectedCost, keptEdges, uniformCost } from '../../../core/searchSpace/expectedCost.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { edgeCount } from '../../../core/searchSpace/topology.ts';
import { cifar, DARTS, SMALL } from './spaces.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const someBetas = (nodes: number, seed: number, spread = 1) => {
  const rng = createRng(seed, 'betas');
  return Array.from({ length: edgeCount(nodes) }, () => spread * rng.normal());
};

describe('shares of edges', () => {
  it('sum to 1 for each node, and have the order of the betas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer(), (nodes, seed) => {
        const betas = someBetas(nodes, seed, 3);
        const shares = byNode(edgeShares(betas));
        expect(shares.map((node) => node.length)).toEqual(Array.from({ length: nodes }, (_, i) => i + 2));
        for (const [node, logits] of byNode(betas).entries()) {
          expect(sum(shares[node])).toBeCloseTo(1, 12);
          expect(shares[node].indexOf(Math.max(...shares[node]))).toBe(logits.indexOf(Math.max(...logits)));
        }
      }),
    );
  });

  it('have an entropy of 1 where edges are alike and of 0 where each node takes one', () => {
    const alike = edgeShares(someBetas(3, 1, 0));
    const decided = [1, 0, 0, 1, 0, 0, 0, 1, 0];
    expect(betaEntropy({ normal: alike, reduce: alike })).toBeCloseTo(1, 12);
    expect(betaEntropy({ normal: decided, reduce: decided })).toBe(0);
    expect(betaEntropy({ normal: alike, reduce: decided })).toBeCloseTo(0.5, 12);
  });
});

describe('the derivation with shares', () => {
  const space: SearchSpace = { primitives: ['none', 'skip_connect', 'sep_conv_3x3'], nodes: 2 };
  // Candidates alone keep states 0 and 1 of the second node; its shares stand for state 2.
  const rows = [
    [0.2, 0.5, 0.3],
    [0.2, 0.5, 0.3],
    [0.1, 0.6, 0.3],
    [0.1, 0.3, 0.6],
    [0.4, 0.25, 0.35],
  ];
  const weights = { normal: rows, reduce: rows };
  const shares = [0.5, 0.5, 0.2, 0.3, 0.5];
  const sources = (of: EdgeWeights) => deriveTop2(of, space).normal.edges.map(({ from }) => from);

  it('ranks edges by share times weight, and chooses the same operation on each edge', () => {
    expect(sources(weights)).toEqual([0, 1, 0, 1]);
    // 0.2·0.6 = 0.12, 0.3·0.6 = 0.18, 0.5·0.35 = 0.175
    const strengths = edgeStrengths(weights, { normal: shares, reduce: shares });
    expect(sources(strengths)).toEqual([0, 1, 1, 2]);
    expect(deriveTop2(strengths, space).normal.edges.map(({ op }) => op)).toEqual([
      'skip_connect',
      'skip_connect',
      'sep_conv_3x3',
      'sep_conv_3x3',
    ]);
  });

  it('is left as it was without shares', () => {
    expect(edgeStrengths(weights, undefined)).toBe(weights);
  });

  it('within a budget keeps the largest sum of those products', () => {
    const strengths = edgeStrengths(weights, { normal: shares, reduce: shares });
    const skeleton = cifar(5, 8);
    const free = countNetwork(deriveTop2(strengths, space), skeleton).params;
    const { genotype, rule } = deriveWithinBudget(strengths, space, skeleton, { maxParams: free - 1 });
    expect(rule).toBe('withinBudget');
    expect(genotype).not.toEqual(
      deriveWithinBudget(weights, space, skeleton, { maxParams: free - 1 }).genotype,
    );
  });
});

describe('which edges are kept when two are drawn by their shares', () => {
  it('is what drawing one after the other gives', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const betas = someBetas(4, seed, 2);
        const { kept } = keptEdges(betas, betas);
        const drawn = byNode(edgeShares(betas)).flatMap((s) =>
          s.map((_, e) => {
            let chance = s[e];
            for (const [f, first] of s.entries()) if (f !== e) chance += first * (s[e] / (1 - first));
            return chance;
          }),
        );
        kept.forEach((chance, e) => expect(chance).toBeCloseTo(drawn[e], 10));
        for (const node of byNode(kept)) expect(sum(node)).toBeCloseTo(2, 10);
        // The first node has two edges and keeps both.
        expect(kept.slice(0, 2)).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
      }),
    );
  });

  it('is 2/deg where shares are equal, so that the expected cost is that without them', () => {
    const rng = createRng(2);
    const table = () => Array.from({ length: 14 }, () => DARTS.primitives.map(() => rng.normal()));
    const alphas = { normal: table(), reduce: table() };
    const betas = { normal: someBetas(4, 1, 0), reduce: someBetas(4, 1, 0) };
    const options = { quantity: 'params', affine: true } as const;
    const plain = expectedCost(alphas, DARTS, cifar(8, 16), options);
    const shared = expectedCost({ ...alphas, betas }, DARTS, cifar(8, 16), options);
    expect(shared.value / plain.value).toBeCloseTo(1, 12);
    expect(plain.gradient.betas).toBeUndefined();
    expect(uniformCost(DARTS, cifar(8, 16), options)).toBeGreaterThan(0);
  });

  it('has the slopes by alphas and betas that central differences have', () => {
    const skeleton = { cells: 5, channels: 6, classes: 3, imageSize: 12, imageChannels: 1 };
    const space: SearchSpace = { ...SMALL, nodes: 3 };
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('params', 'macs'), (seed, quantity) => {
        const rng = createRng(seed);
        const table = () => Array.from({ length: 9 }, () => space.primitives.map(() => rng.normal()));
        const alphas = { normal: table(), reduce: table() };
        const betas = { normal: someBetas(3, seed, 2), reduce: someBetas(3, seed + 1, 2) };
        const options = { quantity, affine: true } as const;
        const at = (moved: object) => expectedCost({ ...alphas, betas, ...moved }, space, skeleton, options);
        const { value, gradient } = at({});
        const kind = rng.int(2) === 0 ? 'normal' : 'reduce';
        const edge = rng.int(9);
        const h = 1e-4;
        const byBeta = (by: number) =>
          at({ betas: { ...betas, [kind]: betas[kind].map((b, e) => (e === edge ? b + by : b)) } }).value;
        const byAlpha = (by: number) =>
          at({
            [kind]: alphas[kind].map((row, e) => row.map((a, k) => (e === edge && k === 1 ? a + by : a))),
          }).value;
        const slopes = [(byBeta(h) - byBeta(-h)) / (2 * h), (byAlpha(h) - byAlpha(-h)) / (2 * h)];
        expect(Math.abs(slopes[0] - (gradient.betas?.[kind][edge] ?? NaN))).toBeLessThan(1e-6 * value);
        expect(Math.abs(slopes[1] - gradient[kind][edge][1])).toBeLessThan(1e-6 * value);
      }),
    );
  });
});
