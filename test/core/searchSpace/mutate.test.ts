import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { Genotype } from '../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { mutateOneEdge, randomGenotype, randomWithinBudget } from '../../../core/searchSpace/mutate.ts';
import { withinBudget } from '../../../core/searchSpace/range.ts';
import type { SearchSpace } from '../../../core/searchSpace/space.ts';
import { cifar, DARTS, everyGenotype, SMALL, thrown } from './spaces.ts';

/** χ² of observed counts against equal ones; its mean is `bins − 1`, its variance twice that. */
function chiSquare(observed: ReadonlyMap<string, number>, bins: number, draws: number): number {
  const expected = draws / bins;
  let sum = (bins - observed.size) * expected;
  for (const count of observed.values()) sum += (count - expected) ** 2 / expected;
  return sum;
}

function tally(draws: number, draw: () => Genotype): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const key = JSON.stringify(draw());
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function expectUniform(observed: ReadonlyMap<string, number>, bins: number, draws: number): void {
  const freedom = bins - 1;
  expect(Math.abs(chiSquare(observed, bins, draws) - freedom)).toBeLessThan(4 * Math.sqrt(2 * freedom));
}

describe('a random genotype', () => {
  it('is a genotype of the space', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, nodes) => {
        const genotype = randomGenotype({ ...DARTS, nodes }, createRng(seed));
        expect(Genotype.safeParse(genotype).success).toBe(true);
        for (const { edges, concat } of [genotype.normal, genotype.reduce]) {
          expect(concat).toEqual(Array.from({ length: nodes }, (_, i) => i + 2));
          for (let i = 0; i < edges.length; i += 2) expect(edges[i].from).toBeLessThan(edges[i + 1].from);
          expect(edges.some(({ op }) => op === 'none')).toBe(false);
        }
      }),
    );
  });

  it('is any of the space, equally likely', () => {
    const rng = createRng(5);
    const draws = 40_000;
    const known = new Set(everyGenotype(SMALL).map((genotype) => JSON.stringify(genotype)));
    const observed = tally(draws, () => randomGenotype(SMALL, rng));
    expect([...observed.keys()].every((key) => known.has(key))).toBe(true);
    expectUniform(observed, known.size, draws);
  });
});

describe('a random genotype inside a budget', () => {
  const skeleton = { cells: 5, channels: 4, classes: 3, imageSize: 16, imageChannels: 3 };

  it('is any of those inside, equally likely, also where rejection finds none', () => {
    const all = everyGenotype(SMALL);
    const sizes = all.map((genotype) => countNetwork(genotype, skeleton).params).sort((a, b) => a - b);
    // 40 of 2304: two of three calls find none in their first draws.
    const budget = { maxParams: sizes[40] };
    const inside = all.filter((genotype) => withinBudget(budget, countNetwork(genotype, skeleton)));
    expect(inside.length).toBeGreaterThan(20);
    const rng = createRng(8);
    const draws = 3000;
    const observed = tally(draws, () => randomWithinBudget(SMALL, skeleton, budget, rng));
    const known = new Set(inside.map((genotype) => JSON.stringify(genotype)));
    expect([...observed.keys()].every((key) => known.has(key))).toBe(true);
    expectUniform(observed, inside.length, draws);
  });

  it('meets hard bounds of the DARTS space and repeats from its seed', () => {
    const network = cifar(20, 36);
    for (const budget of [
      { maxParams: 1_372_000 },
      { minParams: 5_100_000 },
      { minParams: 1_800_000, maxParams: 1_802_000, maxMacs: 290_000_000 },
    ]) {
      const genotype = randomWithinBudget(DARTS, network, budget, createRng(1));
      expect(withinBudget(budget, countNetwork(genotype, network))).toBe(true);
      expect(Genotype.safeParse(genotype).success).toBe(true);
      expect(randomWithinBudget(DARTS, network, budget, createRng(1))).toEqual(genotype);
    }
  });

  it('does not exist outside the reachable range', () => {
    const error = thrown(() => randomWithinBudget(SMALL, skeleton, { maxParams: 3 }, createRng(1)));
    expect(error.code).toBe('budget-unreachable');
  });
});

describe('a neighbour', () => {
  function differences(a: Genotype, b: Genotype): ('op' | 'from' | 'both')[] {
    return (['normal', 'reduce'] as const).flatMap((kind) => {
      expect(b[kind].concat).toEqual(a[kind].concat);
      expect(b[kind].edges).toHaveLength(a[kind].edges.length);
      return a[kind].edges.flatMap(({ op, from }, i) => {
        const other = b[kind].edges[i];
        if (other.op === op && other.from === from) return [];
        return other.op === op
          ? ['from' as const]
          : other.from === from
            ? ['op' as const]
            : ['both' as const];
      });
    });
  }

  it('differs in the operation or the source of exactly one edge and stays in the space', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const genotype = randomGenotype(DARTS, rng);
        const before = JSON.stringify(genotype);
        const mutated = mutateOneEdge(genotype, DARTS, rng);
        expect(JSON.stringify(genotype)).toBe(before);
        const changed = differences(genotype, mutated);
        expect(changed).toHaveLength(1);
        expect(changed[0]).not.toBe('both');
        seen.add(changed[0]);
        expect(Genotype.safeParse(mutated).success).toBe(true);
        for (const { edges } of [mutated.normal, mutated.reduce]) {
          for (let i = 0; i < edges.length; i += 2) expect(edges[i].from).not.toBe(edges[i + 1].from);
          expect(edges.some(({ op }) => op === 'none')).toBe(false);
        }
      }),
    );
    expect([...seen].sort()).toEqual(['from', 'op']);
  });

  it('is any neighbour, equally likely', () => {
    const rng = createRng(11);
    const genotype = randomGenotype(SMALL, rng);
    // Per cell: 4 edges with one other operation; node 1's two edges can each read one other state.
    const draws = 6000;
    expectUniform(
      tally(draws, () => mutateOneEdge(genotype, SMALL, rng)),
      12,
      draws,
    );
  });

  it('of a published genotype with none and repeated sources leaves the rest as it is', () => {
    const { genotype } = genotypes.get('ENNAS_PR');
    for (let seed = 0; seed < 50; seed++) {
      expect(differences(genotype, mutateOneEdge(genotype, DARTS, createRng(seed)))).toHaveLength(1);
    }
  });

  it('does not exist where the space leaves no choice', () => {
    const space: SearchSpace = { primitives: ['none', 'skip_connect'], nodes: 1 };
    const genotype = randomGenotype(space, createRng(1));
    expect(thrown(() => mutateOneEdge(genotype, space, createRng(1))).code).toBe('no-neighbour');
  });
});
