import { describe, expect, it } from 'vitest';
import { supernetParams } from '../../../../../core/searchSpace/cost.ts';
import { DARTS_PRIMITIVES } from '../../../../../core/searchSpace/genotype.ts';
import type { SearchSpace, Skeleton } from '../../../../../core/searchSpace/space.ts';
import {
  alphaCount,
  betaCount,
  evenSizes,
  genotypeCount,
  powerOfTen,
  presetOf,
  SPACE_PRESETS,
  stackOf,
  supernetFacts,
} from '../../../../../renderer/pages/guide/space/spaceFacts.ts';

const darts: SearchSpace = { primitives: [...DARTS_PRIMITIVES], nodes: 4 };
const small: SearchSpace = { primitives: ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3'], nodes: 2 };
const skeleton: Skeleton = { cells: 8, channels: 16, classes: 10, imageSize: 32, imageChannels: 3 };

/** Every cell, by writing them all down. */
function writtenDown({ primitives, nodes }: SearchSpace): number {
  const operations = primitives.filter((op) => op !== 'none');
  let cells = [''];
  for (let node = 0; node < nodes; node++) {
    const options: string[] = [];
    for (let a = 0; a < node + 2; a++)
      for (let b = a + 1; b < node + 2; b++)
        for (const first of operations)
          for (const second of operations) options.push(`${a}${first} ${b}${second}`);
    cells = cells.flatMap((cell) => options.map((option) => `${cell}|${option}`));
  }
  return new Set(cells).size ** 2;
}

describe('the size of a space', () => {
  it('is the number of its genotypes', () => {
    expect(genotypeCount(small)).toBe(BigInt(writtenDown(small)));
    expect(genotypeCount({ ...small, nodes: 1 })).toBe(BigInt(writtenDown({ ...small, nodes: 1 })));
  });

  it('is exact beyond what a double can hold', () => {
    // (180 · 49⁴)², as a cell of the DARTS space has it.
    expect(genotypeCount(darts)).toBe((180n * 49n ** 4n) ** 2n);
    expect(powerOfTen(genotypeCount(darts))).toBe(18);
  });

  it.each([
    [1n, 0],
    [9n, 1],
    [31n, 1],
    [32n, 2],
    [10n ** 12n, 12],
  ])('of %s is about ten to the %s', (count, power) => {
    expect(powerOfTen(count)).toBe(power);
  });

  it('has an alpha for every candidate on every edge of both cells', () => {
    expect(alphaCount(darts)).toBe(2 * 14 * 8);
  });
});

describe('what a supernet takes', () => {
  it('counts its weights, and what one batch leaves behind', () => {
    const facts = supernetFacts(small, { ...skeleton, cells: 1, channels: 2, imageSize: 4 }, 3);
    expect(facts.params).toBe(supernetParams(small, { ...skeleton, cells: 1, channels: 2, imageSize: 4 }));
    expect(facts.weightBytes).toBe(3 * 4 * facts.params);
    // One reduction cell: 4 channels of 2×2 pixels; 5 edges, 3 candidates that write; 3 images, 4 bytes.
    expect(facts.featureBytes).toBe(5 * 3 * (4 * 2 * 2) * 3 * 4);
  });

  it('is one K-th for what candidates leave behind with partial channels, which have betas to learn', () => {
    const supernet = { ...skeleton, cells: 1, channels: 4, imageSize: 4 };
    const all = supernetFacts(small, supernet, 3);
    const quarter = supernetFacts(small, { ...supernet, partialChannels: 4 }, 3);
    expect(quarter.featureBytes).toBe(all.featureBytes / 4);
    expect(quarter.params).toBeLessThan(all.params);
    expect(betaCount(small, supernet)).toBe(0);
    expect(betaCount(small, { ...supernet, partialChannels: 4 })).toBe(2 * 5);
    expect(() => supernetFacts(small, { ...supernet, partialChannels: 3 }, 3)).toThrow(/One part in 3/);
  });

  it('cannot be told where images cannot be halved', () => {
    expect(() => supernetFacts(small, { ...skeleton, imageSize: 30 }, 1)).toThrow(/divisible/);
    const stack = stackOf(small, { ...skeleton, imageSize: 30 });
    expect(stack).toMatchObject({ kind: 'failed', failure: { code: 'image-size' } });
    expect(evenSizes(30, 2)).toEqual([28, 32]);
    expect(evenSizes(9, 2)).toEqual([8, 12]);
    expect(evenSizes(255, 2)).toEqual([252, 256]);
  });
});

it('knows a ready-made space whatever the order of its operations', () => {
  for (const { id, primitives, nodes } of SPACE_PRESETS) {
    expect(presetOf({ primitives: [...primitives].reverse(), nodes })).toBe(id);
  }
  expect(presetOf({ ...darts, nodes: 5 })).toBeUndefined();
  expect(presetOf({ primitives: darts.primitives.with(0, 'sep_conv_7x7'), nodes: 4 })).toBeUndefined();
});
