import { describe, expect, it } from 'vitest';
import { isZeroRow, zeroShare } from '../../../core/attacks/zeroGradients.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { snapshot, startSmall, takeSteps } from '../strategies/smallSearch.ts';

describe('gradients that are zero', () => {
  const gradient = hostTensor([3, 1, 2, 1], Float32Array.of(0, -0, 0, 1e-45, -1, 1));

  it('are so in every pixel of an image, however small', () => {
    expect([0, 1, 2].map((row) => isZeroRow(gradient.data, row, 2))).toEqual([true, false, false]);
  });

  it('are counted by image', () => {
    expect(zeroShare(gradient)).toBe(1 / 3);
    expect(zeroShare(hostTensor([2, 1, 1, 1], new Float32Array(2)))).toBe(1);
  });
});

describe.each(['fgsm', 'fast', 'free'])('a search against %s', (adversary) => {
  it('records the share of images that had no gradient, and nothing where all had one', async () => {
    const search = await startSmall('e2rnas', { adversary, order: 'first' });
    await search.prepare();
    const [usual] = await takeSteps(search, 1);
    expect(usual).not.toHaveProperty('zeroGradientShare');

    // A classifier of zeros says the same of all images, whatever is done to them.
    const saved = snapshot(search);
    for (const [name, { data }] of Object.entries(saved.tensors.weights))
      if (name.startsWith('classifier.')) data.fill(0);
    search.restore(saved);
    const [still] = await takeSteps(search, 1);
    expect(still.zeroGradientShare).toBe(1);
  });
});
