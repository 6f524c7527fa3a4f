import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetSources, openDataset } from '../../../core/datasets/index.ts';
import { datasetFiles } from '../../../headless/host/datasetFiles.ts';
import { fetchDataset, publishedSet } from '../../../headless/host/fetchDataset.ts';
import type { PublishedFile, PublishedSet } from '../../../headless/host/publishedSets.ts';
import { PUBLISHED_SETS } from '../../../headless/host/publishedSets.ts';
import { cifarBytes, failure, idxBytes, plainDecoder } from '../../helpers/datasetBytes.ts';
import { tarGz } from '../../helpers/tarBytes.ts';

const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const served = new Map<string, Uint8Array>();
let requested: string[] = [];
let folder = '';
let base = '';
const server = createServer((request, response) => {
  requested.push(request.url ?? '');
  const content = served.get(request.url ?? '');
  if (content === undefined) response.writeHead(404).end();
  else response.end(content);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-fetch-'));
  served.clear();
  requested = [];
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true, force: true });
});

/** Puts a file on the second of two mirrors. */
function publish(name: string, content: Uint8Array): PublishedFile {
  served.set(`/${name}`, content);
  const hash = (kind: string): string => createHash(kind).update(content).digest('hex');
  const urls = [`${base}/gone/${name}`, `${base}/${name}`];
  return { urls, name, bytes: content.length, sha256: hash('sha256'), md5: hash('md5') };
}

function smallCifar(): PublishedSet {
  const names = publishedSet('cifar10').provides.filter((name) => name.endsWith('.bin'));
  const archive = tarGz([
    ...names.map((name) => ({ path: `cifar-10-batches-bin/${name}`, content: cifarBytes(TEN) })),
    {
      path: 'cifar-10-batches-bin/batches.meta.txt',
      content: Buffer.from(TEN.map((k) => `class ${k}`).join('\n')),
    },
  ]);
  return { ...publishedSet('cifar10'), files: [publish('cifar-10-binary.tar.gz', archive)] };
}

describe('published data sets', () => {
  it('are downloaded, unpacked and read; a second time nothing is asked for', async () => {
    const set = smallCifar();
    const progress: number[] = [];
    const source = await fetchDataset(set, folder, { onProgress: (done) => progress.push(done) });
    expect(progress.at(-1)).toBe(set.files[0].bytes);
    expect(await readdir(folder)).toEqual(['cifar-10-batches-bin']);
    const host = { files: datasetFiles, decoder: plainDecoder };
    const { train, test } = await openDataset({ source, skipUnreadable: false }, 1, host);
    expect([train.count, test?.count, train.classes[3]]).toEqual([50, 10, 'class 3']);
    const before = requested.length;
    expect(await fetchDataset(set, folder)).toBe(source);
    expect(requested).toHaveLength(before);
  });

  it('come as several packed files, too', async () => {
    const images = idxBytes([10, 28, 28], new Uint8Array(7840));
    const labels = idxBytes([10], TEN);
    const files = publishedSet('mnist').files.map(({ name }) =>
      publish(name, gzipSync(name.includes('images') ? images : labels)),
    );
    const source = await fetchDataset({ ...publishedSet('mnist'), files }, folder);
    expect((await readdir(join(folder, 'mnist'))).sort()).toEqual([...publishedSet('mnist').provides].sort());
    const host = { files: datasetFiles, decoder: plainDecoder };
    expect((await openDataset({ source, skipUnreadable: false }, 1, host)).test?.count).toBe(10);
  });

  it('are refused where all mirrors have another file', async () => {
    const set = smallCifar();
    served.set('/cifar-10-binary.tar.gz', new Uint8Array(set.files[0].bytes));
    expect(await failure(() => fetchDataset(set, folder))).toMatchObject({ code: 'wrong-checksum' });
    expect(await readdir(folder)).toEqual([]);
    expect(await failure(() => publishedSet('imagenet'))).toMatchObject({ code: 'unknown-published-set' });
  });

  it('are each read by a source of the same name, with whole checksums', () => {
    for (const set of PUBLISHED_SETS) {
      expect(datasetSources.has(set.id)).toBe(true);
      for (const file of set.files) {
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(file.md5).toMatch(/^[0-9a-f]{32}$/);
        expect(file.urls.every((url) => url.endsWith(`/${file.name}`))).toBe(true);
      }
    }
  });
});
