import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../core/datasets/index.ts';
import { bytesOf, failure, idxBytes, memoryHost } from '../../helpers/datasetBytes.ts';

const PIXELS = Uint8Array.from({ length: 2 * 28 * 28 }, (_, i) => i % 256);
const IMAGES = idxBytes([2, 28, 28], PIXELS);
const LABELS = idxBytes([2], [1, 0]);
const CONFIG = { source: 'idx:x', skipUnreadable: false };

function open(tree: Record<string, Uint8Array>): ReturnType<typeof openDataset> {
  return openDataset(CONFIG, 1, memoryHost(tree));
}

describe('IDX files', () => {
  it('are read as 28×28×1, packed or not, in both spellings of their names', async () => {
    const { train, test } = await open({
      'train-images-idx3-ubyte': IMAGES,
      'train-labels-idx1-ubyte.gz': gzipSync(LABELS),
      't10k-images.idx3-ubyte.gz': gzipSync(IMAGES),
      't10k-labels.idx1-ubyte': LABELS,
    });
    expect(train.shape).toEqual([28, 28, 1]);
    expect([...train.labels]).toEqual([1, 0]);
    expect([...train.pixels]).toEqual([...PIXELS]);
    expect(test?.pixels).toEqual(train.pixels);
  });

  it('have the names of their classes where the set is known', async () => {
    const ten = idxBytes([10, 2, 2], new Uint8Array(40));
    const labels = idxBytes([10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const host = memoryHost({ 'train-images-idx3-ubyte': ten, 'train-labels-idx1-ubyte': labels });
    const { train } = await openDataset({ ...CONFIG, source: 'fashion-mnist:x' }, 1, host);
    expect(train.classes[9]).toBe('boot');
  });

  it('are refused in words: wrong magic number, sizes that do not fit, a missing half, damage', async () => {
    const pair = (images: Uint8Array, labels: Uint8Array): Promise<{ message: string }> =>
      failure(() => open({ 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': labels }));
    expect((await pair(LABELS, LABELS)).message).toContain('magic number 0x803, not 0x801');
    expect((await pair(bytesOf([1, 2]), LABELS)).message).toContain('2 bytes in all');
    expect((await pair(IMAGES.subarray(0, 900), LABELS)).message).toContain(
      '2×28×28 values would take 1568 bytes, but 884',
    );
    expect((await pair(IMAGES, idxBytes([3], [0, 1, 2]))).message).toContain('3 labels');
    const packed = gzipSync(IMAGES);
    packed[packed.length - 6] ^= 1;
    expect((await pair(packed, LABELS)).message).toContain('checksum');
    expect(await failure(() => open({ 'train-images-idx3-ubyte': IMAGES }))).toMatchObject({
      code: 'data-not-found',
    });
  });
});
