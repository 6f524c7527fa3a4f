import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOptions, Progress } from '../../../../core/protocol/rpc.ts';
import { connect } from '../../../../core/protocol/rpc.ts';
import { dataApi } from '../../../../headless/services/data/dataApi.ts';
import { serveData } from '../../../../headless/services/data/dataService.ts';
import { portPair } from '../../../helpers/portPair.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-data-'));
  for (const [k, name] of ['cat', 'dog'].entries()) {
    await mkdir(join(folder, name));
    for (let i = 0; i < 6; i++) {
      const background = { r: 40 * i, g: 200 * k, b: 10 };
      const image = sharp({ create: { width: 96, height: 96, channels: 3, background } });
      await writeFile(join(folder, name, `${i}.png`), await image.png().toBuffer());
    }
  }
});
afterAll(() => rm(folder, { recursive: true }));

function service() {
  const { near, far } = portPair();
  void serveData(far);
  return connect(near, dataApi);
}
const small = { source: 'shapes10', imageSize: 16, limit: 120, testLimit: 40 };

describe('looking at data', () => {
  it('reports what there is, with a few images of each class', async () => {
    const look = await service().call('lookAtData', { data: small, seed: 1, perClass: 3 });
    expect(look).toMatchObject({ id: 'shapes10', shape: [16, 16, 3], unreadable: [] });
    expect(look.parts.map(({ part, count }) => [part, count])).toEqual([
      ...[
        ['train', 120],
        ['test', 40],
        ['weights', 54],
        ['alphas', 54],
        ['validation', 12],
      ],
      ['test split', 40],
    ]);
    const { images, labels } = look.thumbnails;
    expect(labels).toEqual(Array.from({ length: 10 }, (_, k) => [k, k, k]).flat());
    expect(images).toMatchObject({ count: 30, height: 16, width: 16, channels: 3 });
    expect(Buffer.from(images.pixels, 'base64')).toHaveLength(30 * 16 * 16 * 3);
  });

  it('shrinks images of files, and tells how far it is from the first file on', async () => {
    const told: Progress[] = [];
    const data = { source: `folder:${folder}` };
    const look = await service().call(
      'lookAtData',
      { data, seed: 1, perClass: 2 },
      { onProgress: (progress) => told.push(progress) },
    );
    expect(look.shape).toEqual([96, 96, 3]);
    expect(look.thumbnails.images).toMatchObject({ count: 4, height: 64, width: 64 });
    const [first] = Buffer.from(look.thumbnails.images.pixels, 'base64');
    expect(first).toBe(0);
    expect(told[0]).toEqual({ what: 'files found', done: 6, total: 0 });
    // One count at a time: two that take turns could not be read.
    const counts = told.map(({ what }) => what).filter((what, i, all) => what !== all[i - 1]);
    expect(new Set(counts).size).toBe(counts.length);
    expect(told).toContainEqual({ what: 'drawing images', done: 2, total: 3 });
  });

  it('reads files again that were mended since', async () => {
    const broken = join(folder, 'dog', 'broken.png');
    await writeFile(broken, 'no image');
    const client = service();
    const params = { data: { source: `folder:${folder}`, imageSize: 8 }, seed: 1 };
    await expect(client.call('lookAtData', params)).rejects.toMatchObject({
      code: 'unreadable-images',
      message: expect.stringContaining('dog/broken.png'),
    });
    await rm(broken);
    expect((await client.call('lookAtData', params)).parts[0].count).toBe(12);
  });

  it('ends when it is cancelled, reads no further file, and rests', async () => {
    const client = service();
    const controller = new AbortController();
    const options: CallOptions = { signal: controller.signal, onProgress: () => controller.abort() };
    const params = { data: { source: `folder:${folder}`, imageSize: 8 }, seed: 1 };
    await expect(client.call('lookAtData', params, options)).rejects.toMatchObject({ code: 'cancelled' });
    await client.call('rest', {});
    expect((await client.call('lookAtData', params)).parts[0].count).toBe(12);
  });
});

describe('previews of perturbations', () => {
  it('follow the attack, on data that is kept in memory', async () => {
    const client = service();
    const told: string[] = [];
    const preview = (epsilon: number) =>
      client.call(
        'perturb',
        { data: small, seed: 1, attack: { epsilon, steps: 3 }, count: 4 },
        { onProgress: ({ what }) => told.push(what) },
      );
    const near = await preview(0.01);
    const far = await preview(0.1);
    expect(near.examples).toHaveLength(4);
    const sizes = [near, far].map(({ examples }) => Math.max(...examples.map(({ size }) => size)));
    expect(sizes[0]).toBeCloseTo(0.01, 5);
    expect(sizes[1]).toBeGreaterThan(0.05);
    expect(near.conditions).toMatch(/linear classifier.*PGD.*3 steps/s);
    expect(told.filter((what) => what === 'Fitting a linear classifier')).toHaveLength(2);
  });

  it('of large images are shrunk for the wire', async () => {
    const data = { source: 'shapes10', imageSize: 160, limit: 20, testLimit: 20 };
    const { clean, perturbed, difference } = await service().call('perturb', {
      ...{ data, seed: 1, attack: { steps: 1 }, count: 2 },
    });
    for (const images of [clean, perturbed, difference])
      expect(images).toMatchObject({ count: 2, height: 128, width: 128 });
    expect(Buffer.from(clean.pixels, 'base64')).toHaveLength(2 * 128 * 128 * 3);
  });
});
