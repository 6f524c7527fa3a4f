import { describe, expect, it } from 'vitest';
import { datasetSources, openDataset, parseSource } from '../../../core/datasets/index.ts';
import type { SourceConfig } from '../../../core/datasets/source.ts';
import { cifarBytes, failure, memoryHost } from '../../helpers/datasetBytes.ts';

const host = memoryHost({});

function shapes(
  config: Partial<SourceConfig>,
  source = 'shapes10',
  seed = 1,
): ReturnType<typeof openDataset> {
  return openDataset({ source, skipUnreadable: false, limit: 20, testLimit: 10, ...config }, seed, host);
}

describe('data set sources', () => {
  it('are named by id, or id and path', () => {
    expect(parseSource('shapes10')).toEqual({ id: 'shapes10' });
    expect(parseSource('cifar10:../data/x')).toEqual({ id: 'cifar10', path: '../data/x' });
    expect(parseSource('folder:C:\\pictures')).toEqual({ id: 'folder', path: 'C:\\pictures' });
  });

  it('say what is known and what a path is for', async () => {
    const unknown = await failure(() => parseSource('imagenet:/x'));
    expect(unknown).toMatchObject({ code: 'unknown-dataset' });
    for (const source of datasetSources.all.filter((entry) => entry.path.needed)) {
      expect(await failure(() => parseSource(source.id))).toMatchObject({ code: 'path-needed' });
      expect(await failure(() => parseSource(`${source.id}: `))).toMatchObject({ code: 'path-needed' });
      const opening = openDataset({ source: `${source.id}:x`, skipUnreadable: false }, 1, host);
      expect((await failure(() => opening)).message).toContain('/memory');
    }
  });

  it('draw shapes10 at the size and in the number asked for, whatever the run’s seed', async () => {
    const { train, test } = await shapes({ imageSize: 16 });
    expect([train.shape[0], train.count, test?.count]).toEqual([16, 20, 10]);
    expect((await shapes({ imageSize: 16 }, 'shapes10', 2)).train.pixels).toEqual(train.pixels);
    expect((await shapes({ imageSize: 16 }, 'shapes10:2')).train.pixels).not.toEqual(train.pixels);
    expect(await failure(() => shapes({}, 'shapes10:x'))).toMatchObject({ code: 'bad-seed' });
    expect(await failure(() => shapes({ limit: 9 }))).toMatchObject({ code: 'empty-class' });
  });

  it('give a stratified sample chosen by the seed, resized', async () => {
    const labels = Array.from({ length: 60 }, (_, i) => i % 10);
    const real = memoryHost({ 'data_batch_1.bin': cifarBytes(labels), 'test_batch.bin': cifarBytes(labels) });
    const config = { source: 'cifar10:x', skipUnreadable: false, limit: 20, testLimit: 10, imageSize: 16 };
    const { train, test } = await openDataset(config, 1, real);
    expect(train.shape).toEqual([16, 16, 3]);
    for (let k = 0; k < 10; k++) expect(train.labels.filter((label) => label === k)).toHaveLength(2);
    expect(test?.count).toBe(10);
    expect((await openDataset(config, 1, real)).train.pixels).toEqual(train.pixels);
    expect((await openDataset(config, 2, real)).train.pixels).not.toEqual(train.pixels);
    expect(await failure(() => openDataset({ ...config, limit: 9 }, 1, real))).toMatchObject({
      code: 'limit-too-small',
    });
    expect(await failure(() => openDataset({ ...config, testLimit: 9 }, 1, real))).toMatchObject({
      code: 'test-limit-too-small',
    });
  });

  it('refuse more pixels than memory can hold', async () => {
    expect(await failure(() => shapes({ limit: 100_000, imageSize: 256 }))).toMatchObject({
      code: 'too-many-pixels',
    });
  });
});
