import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../core/datasets/index.ts';
import { datasetFiles } from '../../../headless/host/datasetFiles.ts';
import { cifarBytes, failure, memoryHost, plainDecoder } from '../../helpers/datasetBytes.ts';

const CONFIG = { skipUnreadable: false };
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const REAL = join(process.env.CELLSMITH_TEST_DATA ?? resolve('../shared/data'), 'cifar10-binary');

describe('CIFAR in its binary version', () => {
  it('turns planes into interleaved pixels and joins the batches in order', async () => {
    const host = memoryHost({
      'data_batch_1.bin': cifarBytes(TEN),
      'data_batch_2.bin': cifarBytes([9, 8]),
      'test_batch.bin': cifarBytes(TEN),
      'batches.meta.txt': 'airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n',
    });
    const { train, test } = await openDataset({ source: 'cifar10:x', ...CONFIG }, 1, host);
    expect([...train.labels]).toEqual([...TEN, 9, 8]);
    expect(train.shape).toEqual([32, 32, 3]);
    expect(train.classes[3]).toBe('cat');
    expect([...train.pixels.subarray(0, 6)]).toEqual([0, 50, 100, 1, 51, 101]);
    // Image 1 of the second batch, pixel 33.
    expect([...train.pixels.subarray(11 * 3072 + 99, 11 * 3072 + 102)]).toEqual([40, 90, 140]);
    expect(test?.count).toBe(10);
  });

  it('takes the fine label of CIFAR-100', async () => {
    const labels = Array.from({ length: 100 }, (_, i) => 99 - i);
    const host = memoryHost({ 'train.bin': cifarBytes(labels, 2), 'test.bin': cifarBytes(labels, 2) });
    const { train } = await openDataset({ source: 'cifar100:x', ...CONFIG }, 1, host);
    expect([...train.labels]).toEqual(labels);
    expect([...train.pixels.subarray(0, 3)]).toEqual([0, 50, 100]);
  });

  it('says how many bytes a batch that is cut short has and should have, and which it is', async () => {
    const host = memoryHost({ 'data_batch_3.bin': cifarBytes(TEN).subarray(0, 30000) });
    const { code, message } = await failure(() => openDataset({ source: 'cifar10:x', ...CONFIG }, 1, host));
    expect(code).toBe('damaged-data');
    expect(message).toContain('data_batch_3.bin');
    expect(message).toContain('30730 bytes');
    expect(message).toContain('30000');
  });

  it('refuses labels beyond the classes, and lists of names that do not fit', async () => {
    const open = (tree: Record<string, Uint8Array | string>): Promise<{ message: string }> =>
      failure(() => openDataset({ source: 'cifar10:x', ...CONFIG }, 1, memoryHost(tree)));
    expect((await open({ 'data_batch_1.bin': cifarBytes([0, 10]) })).message).toContain('label 10');
    const named = { 'data_batch_1.bin': cifarBytes(TEN), 'batches.meta.txt': 'cat\ndog\n' };
    expect((await open(named)).message).toContain('2 lines');
    expect((await open({ 'notes.txt': '' })).message).toContain('no CIFAR-10 training file in /memory');
  });

  it('reads real CIFAR-10 files', async ({ skip }) => {
    if (!existsSync(REAL)) {
      console.log(`skipped: there is no ${REAL}; set CELLSMITH_TEST_DATA`);
      skip();
    }
    const host = { files: datasetFiles, decoder: plainDecoder };
    const { train, test } = await openDataset({ source: `cifar10:${REAL}`, ...CONFIG }, 1, host);
    expect([train.count, test?.count]).toEqual([2000, 1000]);
    expect(train.classes).toContain('automobile');
    const counts = train.classes.map((_, k) => train.labels.filter((label) => label === k).length);
    expect(counts).toEqual(new Array(10).fill(200));
  });
});
