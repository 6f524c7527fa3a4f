import { describe, expect, it } from 'vitest';
import type { Balance } from '../../../core/balancing/index.ts';
import { balance, balancers } from '../../../core/balancing/index.ts';
import type { GradientNormalisation } from '../../../core/balancing/normalise.ts';
import { GRADIENT_NORMALISATIONS } from '../../../core/balancing/normalise.ts';

function run(
  vectors: readonly (readonly number[])[],
  normalisation: GradientNormalisation,
  losses: readonly number[] = vectors.map(() => 1),
): Balance {
  return balance('mgda', {
    names: vectors.map((_, t) => `objective ${t}`),
    gradients: vectors.map((v) => Float32Array.from(v)),
    losses,
    normalisation,
  });
}

describe('normalisation', () => {
  const vectors = [
    [3, 4],
    [0, 10],
  ];

  it('divides by what its name says, plus 1e-7', () => {
    const expected: Record<GradientNormalisation, readonly [number, number]> = {
      none: [1, 1],
      l2: [5 + 1e-7, 10 + 1e-7],
      loss: [2 + 1e-7, 0.5 + 1e-7],
      'loss+': [10 + 1e-7, 5 + 1e-7],
    };
    for (const normalisation of GRADIENT_NORMALISATIONS) {
      const { lambdas, weights } = run(vectors, normalisation, [2, 0.5]);
      lambdas.forEach((lambda, t) => expect(weights[t]).toBeCloseTo(lambda / expected[normalisation][t], 14));
    }
  });

  it('makes l2 blind to the length of a gradient', () => {
    const a = run(vectors, 'l2');
    const b = run([vectors[0].map((v) => v * 1000), vectors[1]], 'l2');
    b.lambdas.forEach((lambda, t) => expect(lambda).toBeCloseTo(a.lambdas[t], 6));
    // Unit vectors: both count the same.
    expect(a.lambdas[0]).toBeCloseTo(0.5, 6);
    expect(b.weights[0]).toBeCloseTo(a.weights[0] / 1000, 9);
  });

  it('does not turn a gradient round where the loss is negative, and survives a loss of zero', () => {
    expect(run(vectors, 'loss', [-2, 0.5]).weights.every((w) => w >= 0)).toBe(true);
    expect(run(vectors, 'loss', [0, 0]).weights.every((w) => Number.isFinite(w))).toBe(true);
    expect(
      run(
        [
          [0, 0],
          [1, 0],
        ],
        'l2',
      ).normSquared,
    ).toBe(0);
  });
});

describe('the plain sum', () => {
  it('weighs all alike, after normalisation', () => {
    const input = {
      names: ['a', 'b'],
      gradients: [Float32Array.of(3, 4), Float32Array.of(0, 10)],
      losses: [1, 1],
    };
    expect(balance('sum', { ...input, normalisation: 'none' })).toEqual({
      lambdas: [1, 1],
      weights: [1, 1],
      normSquared: 9 + 14 * 14,
    });
    expect(balance('sum', { ...input, normalisation: 'l2' }).weights[0]).toBeCloseTo(0.2, 7);
  });
});

describe('balance', () => {
  it('names the objective whose gradient or loss is not finite', () => {
    expect(() => run([[1], [NaN]], 'none')).toThrow(/objective 1/);
    expect(() => run([[Infinity], [1]], 'none')).toThrow(/objective 0/);
    expect(() => run([[1], [1]], 'loss', [1, NaN])).toThrow(
      expect.objectContaining({ code: 'not-a-number', message: expect.stringContaining('objective 1') }),
    );
  });

  it('has both balancers', () => {
    expect(balancers.all.map(({ id }) => id)).toEqual(['mgda', 'sum']);
  });
});
