import { describe, expect, it } from 'vitest';
import { bestEffort } from '../../../renderer/store/bestEffort.ts';

describe('the best effort', () => {
  it('is the whole configuration where nothing is wrong', () => {
    expect(bestEffort({ name: 'pets', search: { cells: 5 } })).toMatchObject({
      name: 'pets',
      search: { cells: 5, epochs: 50 },
    });
  });

  it('puts the default in place of what is wrong, and keeps the rest', () => {
    const found = bestEffort({
      nonsense: 1,
      search: { cells: 5, epochs: 0, space: { nodes: Number.NaN } },
      evaluate: [{ epsilon: 8, steps: 3 }],
    });
    expect(found?.search).toMatchObject({ cells: 5, epochs: 50, space: { nodes: 4 } });
    expect(found?.evaluate).toMatchObject([{ epsilon: 8 / 255, steps: 3 }]);
  });

  it('mends mistakes that show only once others are mended', () => {
    // Bounds are compared only when both are numbers.
    const found = bestEffort({ seed: 'x', search: { budget: { minParams: 9, maxParams: 3 } } });
    expect(found).toMatchObject({ seed: 1, search: { budget: {} } });
  });

  it('leaves the draft as it is', () => {
    const draft = { seed: -1 };
    expect(bestEffort(draft)?.seed).toBe(1);
    expect(draft).toEqual({ seed: -1 });
  });
});
