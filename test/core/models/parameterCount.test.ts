/** What is counted without building a network is what the built network has. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../core/models/network.ts';
import { buildSupernet } from '../../../core/models/supernet/supernet.ts';
import { PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import { auxiliaryParams, countNetwork, supernetParams } from '../../../core/searchSpace/cost.ts';
import type { ModelParts } from '../../../core/models/weightBook.ts';
import { anyGenotype, anySkeleton } from '../searchSpace/spaces.ts';

function weightsOf({ weights }: ModelParts): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

const pixels = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

describe('counted parameters', () => {
  it('are the weights of the built network, for any genotype and skeleton', () => {
    fc.assert(
      fc.property(anyGenotype, anySkeleton, (genotype, skeleton) => {
        const { parts } = buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: true });
        expect(weightsOf(parts)).toBe(countNetwork(genotype, skeleton).params);
      }),
    );
  });

  it('of the auxiliary head are the weights it adds', () => {
    fc.assert(
      fc.property(anyGenotype, anySkeleton, (genotype, any) => {
        const skeleton = { ...any, imageSize: any.cells === 1 ? 16 : 32 };
        const { parts } = buildNetwork({ genotype, skeleton, pixels, auxiliary: true, dropPath: false });
        const { params } = countNetwork(genotype, skeleton);
        expect(weightsOf(parts)).toBe(params + auxiliaryParams(genotype, skeleton));
      }),
    );
  });

  it('of the supernet are its weights, for any space', () => {
    const anySpace = fc.record({
      primitives: fc.uniqueArray(fc.constantFrom(...PRIMITIVES), { minLength: 2 }),
      nodes: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(anySpace, anySkeleton, fc.constantFrom(1, 2, 4), (space, any, partialChannels) => {
        const skeleton = { ...any, channels: partialChannels * any.channels, partialChannels };
        expect(weightsOf(buildSupernet(space, skeleton, pixels).parts)).toBe(supernetParams(space, skeleton));
      }),
    );
  });
});
