import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNetwork } from '../../../../core/searchSpace/cost.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { skeletonOf } from '../../../../renderer/studio/model/skeletonOf.ts';
import { genotype, skeleton } from '../arbitraries.ts';

const { genotype: darts } = genotypes.get('DARTS_V2');
const frame = { cells: 8, channels: 16, classes: 43, imageSize: 48, imageChannels: 3 };

it('a skeleton is found that gives exactly the sizes on record', () => {
  fc.assert(
    fc.property(genotype, skeleton, (one, network) => {
      const found = skeletonOf(network, { genotype: one, ...countNetwork(one, network) }, undefined);
      expect(found?.isSizeAssumed).toBe(false);
      if (found !== undefined) expect(countNetwork(one, found.skeleton)).toEqual(countNetwork(one, network));
    }),
    { seed: 61 },
  );
});

it('is the very one, for colour and for grey images', () => {
  for (const imageChannels of [1, 3]) {
    const network = { ...frame, imageChannels };
    const recorded = { genotype: darts, ...countNetwork(darts, network) };
    expect(skeletonOf(network, recorded, undefined)?.skeleton).toEqual(network);
  }
});

it('without MACs on record the configured size of images is taken, else the usual one, which is told', () => {
  const recorded = { genotype: darts, params: countNetwork(darts, frame).params };
  expect(skeletonOf(frame, recorded, 48)).toEqual({ skeleton: frame, isSizeAssumed: false });
  expect(skeletonOf(frame, recorded, undefined)).toEqual({
    skeleton: { ...frame, imageSize: 32 },
    isSizeAssumed: true,
  });
});

it('sizes that no skeleton has lead to none', () => {
  const { params, macs } = countNetwork(darts, frame);
  expect(skeletonOf(frame, { genotype: darts, params: params + 1, macs }, undefined)).toBeUndefined();
  expect(skeletonOf(frame, { genotype: darts, params, macs: macs + 12345 }, undefined)).toBeUndefined();
});
