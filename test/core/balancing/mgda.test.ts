import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Balance } from '../../../core/balancing/index.ts';
import { balance } from '../../../core/balancing/index.ts';
import { minNorm } from '../../../core/balancing/minNorm.ts';

function run(vectors: readonly (readonly number[])[]): Balance {
  return balance('mgda', {
    names: vectors.map((_, t) => `objective ${t}`),
    gradients: vectors.map((v) => Float32Array.from(v)),
    losses: vectors.map(() => 1),
    normalisation: 'none',
  });
}

function combine(vectors: readonly (readonly number[])[], weights: readonly number[]): number[] {
  return vectors[0].map((_, i) => vectors.reduce((sum, v, t) => sum + weights[t] * Math.fround(v[i]), 0));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, v, i) => sum + v * b[i], 0);

describe('MGDA', () => {
  it.each([
    [
      'two orthogonal ones',
      [
        [1, 0],
        [0, 1],
      ],
      [0.5, 0.5],
      0.5,
    ],
    [
      'unlike lengths',
      [
        [2, 0],
        [0, 1],
      ],
      [0.2, 0.8],
      0.8,
    ],
    [
      'one that is best alone, exactly 1',
      [
        [1, 0],
        [2, 1],
      ],
      [1, 0],
      1,
    ],
    [
      'the same the other way round, exactly 0',
      [
        [2, 1],
        [1, 0],
      ],
      [0, 1],
      1,
    ],
    [
      'opposite ones',
      [
        [1, 0],
        [-2, 0],
      ],
      [2 / 3, 1 / 3],
      0,
    ],
    [
      'a zero gradient',
      [
        [3, 4],
        [0, 0],
      ],
      [0, 1],
      0,
    ],
    [
      'two zero gradients',
      [
        [0, 0],
        [0, 0],
      ],
      [1, 0],
      0,
    ],
    [
      'equal ones',
      [
        [1, 2],
        [1, 2],
      ],
      [1, 0],
      5,
    ],
    ['a single one', [[3, 4]], [1], 25],
    [
      'three orthogonal ones, ∝ 1/‖g‖²',
      [
        [1, 0, 0],
        [0, 2, 0],
        [0, 0, 4],
      ],
      [16 / 21, 4 / 21, 1 / 21],
      16 / 21,
    ],
    [
      'a pair that leaves the third out',
      [
        [1, 1],
        [1, -1],
        [3, 0.5],
      ],
      [0.5, 0.5, 0],
      1,
    ],
    [
      'three around the origin',
      [
        [1, 0],
        [-0.5, 0.5],
        [-0.5, -0.5],
      ],
      [0.5 / 1.5, 0.5 / 1.5, 0.5 / 1.5],
      0,
    ],
  ] as const)('solves %s', (_, vectors, lambdas, normSquared) => {
    const result = run(vectors);
    result.lambdas.forEach((lambda, t) => expect(lambda).toBeCloseTo(lambdas[t], 9));
    expect(result.normSquared).toBeCloseTo(normSquared, 9);
    expect(result.weights).toEqual(result.lambdas);
  });

  it('reaches the boundary exactly, not 0.001 short of it', () => {
    expect(
      run([
        [1, 0],
        [2, 1],
      ]).lambdas,
    ).toEqual([1, 0]);
    expect(
      run([
        [2, 1],
        [1, 0],
      ]).lambdas,
    ).toEqual([0, 1]);
  });

  const value = fc.float({ min: -10, max: 10, noNaN: true });
  const vectorsOf = (low: number, high: number) =>
    fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: 1, max: 6 })).chain(([tasks, length]) =>
      fc.array(fc.array(value, { minLength: length, maxLength: length }), {
        minLength: tasks,
        maxLength: tasks,
      }),
    );

  it('keeps λ on the simplex and gives a direction that serves every objective: g_t·d ≥ ‖d‖²', () => {
    fc.assert(
      fc.property(vectorsOf(1, 6), (vectors) => {
        const { lambdas, weights, normSquared } = run(vectors);
        expect(lambdas.every((lambda) => lambda >= 0)).toBe(true);
        expect(lambdas.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        const d = combine(vectors, weights);
        const longest = Math.max(...vectors.map((v) => dot(v, v)));
        expect(Math.abs(dot(d, d) - normSquared)).toBeLessThanOrEqual(1e-9 * longest);
        for (const v of vectors) expect(dot(v, d)).toBeGreaterThanOrEqual(normSquared - 1e-9 * longest);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('beats every point of a grid over the simplex of three', () => {
    fc.assert(
      fc.property(vectorsOf(3, 3), (vectors) => {
        const { normSquared } = run(vectors);
        const longest = Math.max(...vectors.map((v) => dot(v, v)));
        for (let i = 0; i <= 20; i++) {
          for (let j = 0; j <= 20 - i; j++) {
            const d = combine(vectors, [i / 20, j / 20, (20 - i - j) / 20]);
            expect(normSquared).toBeLessThanOrEqual(dot(d, d) + 1e-9 * longest);
          }
        }
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('finds the same direction in any order and at any scale', () => {
    fc.assert(
      fc.property(vectorsOf(2, 5), fc.constantFrom(2 ** -40, 0.25, 2 ** 30), (vectors, scale) => {
        const longest = Math.max(...vectors.map((v) => dot(v, v)));
        const base = combine(vectors, run(vectors).weights);
        const reversed = [...vectors].reverse();
        const turned = combine(reversed, run(reversed).weights);
        const scaled = vectors.map((v) => v.map((x) => x * scale));
        const grown = combine(scaled, run(scaled).weights);
        base.forEach((x, i) => {
          // The norm is exact to 1e-12 of the longest, a direction to the root of that.
          expect(Math.abs(x - turned[i])).toBeLessThanOrEqual(1e-5 * Math.sqrt(longest));
          expect(Math.abs(x - grown[i] / scale)).toBeLessThanOrEqual(1e-5 * Math.sqrt(longest));
        });
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('solves badly conditioned lengths', () => {
    const { lambdas } = minNorm([
      [1e-8, 0, 0],
      [0, 1, 0],
      [0, 0, 1e8],
    ]);
    expect(lambdas[0]).toBeCloseTo(1, 6);
    expect(lambdas.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});
