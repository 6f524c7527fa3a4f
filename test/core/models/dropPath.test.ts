/** Drop path: one mask for each operation that is not an identity, one value for each image. */
import { describe, expect, it } from 'vitest';
import { hostTensor } from '../../../core/compute/program.ts';
import { apart, build, logits, pick, someImages, someStatistics, someWeights } from './small.ts';

describe('drop path', () => {
  const network = build({ dropPath: true });
  const weights = someWeights(network.parts, 4);
  const statistics = someStatistics(network.parts, 4);
  const images = someImages(4, 3);
  const masks = (value: (mask: number, image: number) => number) =>
    Object.fromEntries(
      network.parts.masks.map((name, m) => [
        name,
        hostTensor(
          [3, 1, 1, 1],
          Float32Array.from({ length: 3 }, (_, i) => value(m, i)),
        ),
      ]),
    );
  const dropped = (value: (mask: number, image: number) => number) =>
    logits(network, { ...weights, ...statistics, ...masks(value), images }, 'stored', true);

  it('has a mask for every operation but identities', () => {
    const perCell = network.parts.masks.map((name) => name.replace(/\.mask$/, ''));
    // In reduction cells the skip from an input is a convolution, the one from a node is an identity.
    const normal = ['cells.0.edges.0', 'cells.0.edges.2', 'cells.0.edges.3'];
    const reduce = [1, 2].flatMap((cell) => [0, 1, 2].map((edge) => `cells.${cell}.edges.${edge}`));
    expect(perCell).toEqual([...normal, ...reduce]);
    expect(build().parts.masks).toEqual([]);
  });

  it('with masks of one changes nothing', async () => {
    const plain = await logits(network, { ...weights, ...statistics, images }, 'stored');
    expect(apart(await dropped(() => 1), plain)).toBe(0);
  });

  it('drops and scales by image: a mask of one image leaves the others alone', async () => {
    const ones = await dropped(() => 1);
    const one = await dropped((mask, image) => (mask === 0 && image === 1 ? 0 : 1));
    expect(apart(pick(one, [0, 2]), pick(ones, [0, 2]))).toBeLessThan(1e-6);
    expect(apart(pick(one, [1]), pick(ones, [1]))).toBeGreaterThan(1e-4);
  });

  it('acts at every place, and by the size of the mask', async () => {
    const ones = await dropped(() => 1);
    for (const m of network.parts.masks.keys()) {
      const zero = await dropped((mask) => (mask === m ? 0 : 1));
      const twice = await dropped((mask) => (mask === m ? 2 : 1));
      expect(apart(zero, ones), network.parts.masks[m]).toBeGreaterThan(1e-5);
      expect(apart(twice, zero), network.parts.masks[m]).toBeGreaterThan(apart(twice, ones) * 0.9);
    }
  });
});
