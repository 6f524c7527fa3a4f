import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import {
  createBatches,
  gatherImages,
  gatherLabels,
  oneHot,
  restoreBatches,
  sequentialBatches,
} from '../../../core/datasets/batches.ts';
import { failure } from '../../helpers/datasetBytes.ts';

const INDICES = Uint32Array.from([3, 5, 7, 11, 13, 17, 19]);

describe('batches for training', () => {
  it('show each image at most once an epoch, in a new order each time, and leave the short rest out', () => {
    const batches = createBatches(INDICES, 3, createRng(1));
    const epochs = Array.from({ length: 40 }, () => [...batches.next(), ...batches.next()]);
    for (const epoch of epochs) {
      expect(new Set(epoch).size).toBe(6);
      expect(epoch.every((index) => INDICES.includes(index))).toBe(true);
    }
    expect(new Set(epochs.map((epoch) => epoch.join())).size).toBeGreaterThan(30);
    // The image left out is not always the same one.
    expect(new Set(epochs.flat()).size).toBe(7);
  });

  it('continue exactly where a state was taken, also through JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 20 }), (batchSize, before) => {
        const batches = createBatches(INDICES, batchSize, createRng(2));
        for (let i = 0; i < before; i++) batches.next();
        const restored = restoreBatches(INDICES, batchSize, JSON.parse(JSON.stringify(batches.state())));
        for (let i = 0; i < 20; i++) expect(restored.next()).toEqual(batches.next());
        expect(restored.state()).toEqual(batches.state());
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('are refused where the split is smaller, naming split and both numbers', async () => {
    const { code, message } = await failure(() => createBatches(INDICES, 8, createRng(1), 'alphas'));
    expect(code).toBe('batch-too-large');
    expect(message).toMatch(/8 images.*alphas split.*7/);
    expect(await failure(() => createBatches(INDICES, 0, createRng(1)))).toMatchObject({
      code: 'bad-batch-size',
    });
    const state = { rng: createRng(1).state(), position: 8 };
    expect(await failure(() => restoreBatches(INDICES, 2, state))).toMatchObject({ code: 'bad-batch-state' });
  });
});

describe('batches for evaluation', () => {
  it('go through the split once, in order, the last one filled up', () => {
    expect(sequentialBatches(INDICES, 3).map(({ indices, valid }) => [[...indices], valid])).toEqual([
      [[3, 5, 7], 3],
      [[11, 13, 17], 3],
      [[19, 19, 19], 1],
    ]);
    expect(sequentialBatches(new Uint32Array(0), 3)).toEqual([]);
  });
});

describe('gathering', () => {
  const set = {
    shape: [1, 2, 1] as const,
    count: 3,
    pixels: Uint8Array.from([0, 255, 51, 102, 153, 204]),
    labels: Uint16Array.from([2, 0, 1]),
    classes: ['a', 'b', 'c'],
  };

  it('gives pixels in 0 … 1, labels, and rows with one 1', () => {
    const indices = Uint32Array.from([2, 0, 2]);
    expect([...gatherImages(set, indices)]).toEqual(
      [153, 204, 0, 255, 153, 204].map((v) => Math.fround(v / 255)),
    );
    expect(gatherLabels(set, indices)).toEqual(Int32Array.from([1, 2, 1]));
    expect([...oneHot(gatherLabels(set, indices), 3)]).toEqual([0, 1, 0, 0, 0, 1, 0, 1, 0]);
  });
});
