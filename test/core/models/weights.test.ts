/** Weights before training. */
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import type { NetworkOptions } from '../../../core/models/network.ts';
import { buildNetwork } from '../../../core/models/network.ts';
import { initialWeights } from '../../../core/models/weights.ts';
import { genotype, pixels, skeleton } from './small.ts';

function build(changes: Partial<NetworkOptions> = {}) {
  return buildNetwork({ genotype, skeleton, pixels, auxiliary: false, dropPath: false, ...changes });
}

describe('initial weights', () => {
  const { parts } = build();

  it('are the same for the same seed, and others for another', () => {
    const once = initialWeights(parts, createRng(7));
    expect(initialWeights(parts, createRng(7))).toEqual(once);
    expect(initialWeights(parts, createRng(8))).not.toEqual(once);
  });

  it('have the spread they should: σ = √(2/fan-in), ±1/√fan-in, ones and zeros', () => {
    const { parts: wide } = build({ skeleton: { ...skeleton, channels: 24 } });
    const weights = initialWeights(wide, createRng(9));
    const spread = (name: string) => Math.hypot(...weights[name].data) / Math.sqrt(weights[name].data.length);
    expect(spread('stem.conv.filter')).toBeCloseTo(Math.sqrt(2 / 27), 1);
    expect(spread('cells.0.preprocess0.conv.filter') / Math.sqrt(2 / 72)).toBeCloseTo(1, 1);
    expect(spread('cells.0.edges.0.sep_conv_3x3.first.depthwise.filter') / Math.sqrt(2 / 9)).toBeCloseTo(
      1,
      0,
    );
    const bound = 1 / Math.sqrt(weights['classifier.kernel'].shape[0]);
    expect(Math.max(...weights['classifier.kernel'].data.map(Math.abs))).toBeLessThanOrEqual(
      Math.fround(bound),
    );
    expect(spread('classifier.kernel') / (bound / Math.sqrt(3))).toBeCloseTo(1, 1);
    expect(new Set(weights['stem.norm.gamma'].data)).toEqual(new Set([1]));
    expect(new Set(weights['stem.norm.beta'].data)).toEqual(new Set([0]));
  });
});
