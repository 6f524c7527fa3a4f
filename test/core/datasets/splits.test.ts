import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../core/datasets/imageSet.ts';
import type { Splits } from '../../../core/datasets/splits.ts';
import { loadSplits, makeSplits, saveSplits } from '../../../core/datasets/splits.ts';
import { shapes10 } from '../../../core/datasets/synthetic/shapes10.ts';
import { failure } from '../../helpers/datasetBytes.ts';

const SHARES = { weightsShare: 0.45, alphasShare: 0.45 };
const DATA = shapes10(1, { train: 200, test: 50 }, { size: 8 });

/** Class sizes as given, without pixels worth speaking of. */
function dataset(sizes: readonly number[], withTest = false): Dataset {
  const labels = Uint16Array.from(sizes.flatMap((size, k) => new Array<number>(size).fill(k)));
  const classes = sizes.map((_, k) => `class ${k}`);
  const train = {
    shape: [1, 1, 1] as const,
    count: labels.length,
    pixels: new Uint8Array(labels.length),
    labels,
    classes,
  };
  return { id: 'made', title: 'made', train, ...(withTest ? { test: train } : {}) };
}

function perClass(labels: Uint16Array, indices: Uint32Array): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const index of indices) counts[labels[index]]++;
  return counts;
}

describe('splits', () => {
  it('are disjoint, stratified, and share out every training image', async () => {
    const splits = await makeSplits(DATA, SHARES, 1);
    const { weights, alphas, validation, test } = splits;
    expect([weights.length, alphas.length, validation.length, test.length]).toEqual([90, 90, 20, 50]);
    expect(new Set([...weights, ...alphas, ...validation]).size).toBe(200);
    expect(perClass(DATA.train.labels, weights)).toEqual(new Array(10).fill(9));
    expect(perClass(DATA.train.labels, validation)).toEqual(new Array(10).fill(2));
    expect([...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(splits.testFrom).toBe('test');
  });

  it('follow the seed and are mixed, so that a head of one is a random sample', async () => {
    const first = await makeSplits(DATA, SHARES, 1);
    expect(await makeSplits(DATA, SHARES, 1)).toEqual(first);
    expect((await makeSplits(DATA, SHARES, 2)).weights).not.toEqual(first.weights);
    const head = perClass(DATA.test?.labels ?? new Uint16Array(), first.test.subarray(0, 10));
    expect(head).not.toEqual([10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...first.test]).not.toEqual([...first.test].sort((a, b) => a - b));
  });

  it('set a fifth of each class aside where there is no test part, and say so', async () => {
    const { test: _none, ...data } = DATA;
    const splits = await makeSplits(data, SHARES, 1);
    expect(splits.testFrom).toBe('train');
    expect(perClass(DATA.train.labels, splits.test)).toEqual(new Array(10).fill(4));
    expect(new Set([...splits.weights, ...splits.alphas, ...splits.validation, ...splits.test]).size).toBe(
      200,
    );
    expect([splits.weights.length, splits.validation.length]).toEqual([72, 16]);
  });

  it('keep all of this for any class sizes and shares', async () => {
    const sizes = fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 2, maxLength: 8 });
    const shares = fc.tuple(
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(sizes, shares, fc.boolean(), async (counts, [weightsShare, part], withTest) => {
        const alphasShare = Math.max(0.01, (1 - weightsShare) * part);
        const data = dataset(counts, withTest);
        const splits = await makeSplits(data, { weightsShare, alphasShare }, 7);
        const used = [
          ...splits.weights,
          ...splits.alphas,
          ...splits.validation,
          ...(withTest ? [] : splits.test),
        ];
        expect(new Set(used).size).toBe(data.train.count);
        expect(used).toHaveLength(data.train.count);
        for (const [k] of counts.entries()) {
          expect(perClass(data.train.labels, splits.weights)[k]).toBeGreaterThan(0);
          expect(perClass(data.train.labels, splits.alphas)[k]).toBeGreaterThan(0);
        }
        const rest = data.train.count - (withTest ? 0 : splits.test.length);
        expect(Math.abs(splits.weights.length - weightsShare * rest)).toBeLessThanOrEqual(counts.length);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('refuse shares above 1 and classes too small to divide', async () => {
    const wrong = await failure(() => makeSplits(DATA, { weightsShare: 0.6, alphasShare: 0.5 }, 1));
    expect(wrong).toMatchObject({ code: 'bad-shares' });
    expect((await failure(() => makeSplits(dataset([5, 1], true), SHARES, 1))).message).toContain(
      "'class 1' has 1",
    );
    expect(await failure(() => makeSplits(dataset([5, 2]), SHARES, 1))).toMatchObject({
      code: 'class-too-small',
    });
    expect(
      (await makeSplits(dataset([5, 2], true), { weightsShare: 0.5, alphasShare: 0.5 }, 1)).weights,
    ).toHaveLength(4);
  });

  it('come back from their file, and only for the very same data', async () => {
    const splits = await makeSplits(DATA, SHARES, 1);
    const text = saveSplits(splits);
    expect(await loadSplits(text, DATA)).toEqual(splits);
    const pixels = DATA.train.pixels.slice();
    pixels[12345] ^= 1;
    const changed: Dataset[] = [
      { ...DATA, train: { ...DATA.train, pixels } },
      { ...DATA, train: { ...DATA.train, labels: DATA.train.labels.map((label) => (label + 1) % 10) } },
      { ...DATA, train: { ...DATA.train, classes: [...DATA.train.classes].reverse() } },
      { ...DATA, test: DATA.train },
    ];
    for (const data of changed) {
      expect(await failure(() => loadSplits(text, data))).toMatchObject({ code: 'data-changed' });
    }
  });

  it('are refused where the file is damaged, overlaps or points outside', async () => {
    const splits = await makeSplits(DATA, SHARES, 1);
    const load = async (change: Partial<Record<keyof Splits, unknown>>): Promise<{ code: string }> =>
      failure(() => loadSplits(JSON.stringify({ ...JSON.parse(saveSplits(splits)), ...change }), DATA));
    expect(await failure(() => loadSplits('{', DATA))).toMatchObject({ code: 'bad-splits' });
    expect(await load({ weights: [-1] })).toMatchObject({ code: 'bad-splits' });
    expect(await load({ weights: [...splits.alphas] })).toMatchObject({ code: 'bad-splits' });
    expect(await load({ weights: [200] })).toMatchObject({ code: 'bad-splits' });
    expect(await load({ test: [50] })).toMatchObject({ code: 'bad-splits' });
  });
});
