import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeSvhn } from '../../../core/datasets/svhnMat.ts';
import { failure, matBytes } from '../../helpers/datasetBytes.ts';

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/datasets/${name}`, import.meta.url));
}

describe('SVHN', () => {
  // The files were written by scipy.io.savemat from an array [n, H, W, C] of 0, 1, 2 … turned to [H, W, C, n].
  it.each(['scipy-packed.mat', 'scipy-plain.mat'])('is read from what SciPy writes: %s', (name) => {
    const set = decodeSvhn(fixture(name), name);
    expect(set.shape).toEqual([2, 3, 3]);
    expect(set.count).toBe(12);
    expect([...set.pixels]).toEqual(Array.from({ length: 2 * 3 * 3 * 12 }, (_, i) => i % 256));
    expect([...set.labels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 0]);
  });

  it('is refused where X or y do not fit, or the file is damaged', async () => {
    const good = matBytes(4, 4, [1, 2, 10]);
    expect([...decodeSvhn(good, 'good.mat').labels]).toEqual([1, 2, 0]);
    const bad = good.slice();
    bad[bad.length - 1] ^= 1;
    expect((await failure(() => decodeSvhn(bad, 'bad.mat'))).message).toContain('bad.mat cannot be used');
    expect((await failure(() => decodeSvhn(good.subarray(0, 200), 'short.mat'))).message).toContain(
      'should end at',
    );
    const label = matBytes(4, 4, [1, 2, 11], false);
    expect((await failure(() => decodeSvhn(label, 'label.mat'))).message).toContain('label 2 is 11');
  });
});
