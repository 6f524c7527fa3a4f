import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../../core/datasets/index.ts';
import { datasetFiles } from '../../../headless/host/datasetFiles.ts';
import { imageDecoder } from '../../../headless/host/imageDecoder.ts';
import { failure } from '../../helpers/datasetBytes.ts';

const REAL = join(process.env.CELLSMITH_TEST_DATA ?? resolve('../shared/data'), 'cifar10-images');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-data-'));
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'b', 'x.bin'), Uint8Array.of(1, 2, 3));
  await writeFile(join(folder, 'a.txt'), 'hello');
  await writeFile(join(folder, '.hidden'), '');
  await symlink(join(folder, 'b'), join(folder, 'c'));
  await symlink(join(folder, 'nowhere'), join(folder, 'd'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('data files on disk', () => {
  it('are listed by name, links followed, hidden and dangling ones left out', async () => {
    const files = datasetFiles(folder);
    expect(await files.list('')).toEqual([
      { name: 'a.txt', kind: 'file' },
      { name: 'b', kind: 'folder' },
      { name: 'c', kind: 'folder' },
    ]);
    expect(await files.read('c/x.bin')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await files.size('a.txt')).toBe(5);
  });

  it.each(['folder', 'cifar10', 'idx', 'npz'])(
    'are missed in the single file that is given: %s',
    async (id) => {
      const source = `${id}:${join(folder, 'a.txt')}`;
      const host = { files: datasetFiles, decoder: imageDecoder() };
      const { message } = await failure(() => openDataset({ source, skipUnreadable: false }, 1, host));
      expect(message).toMatch(/^There is no .* in \S+a\.txt, the single file that is given\.$/);
    },
  );

  it('may be a single file', async () => {
    const files = datasetFiles(join(folder, 'a.txt'));
    expect(await files.list('')).toEqual([{ name: 'a.txt', kind: 'file' }]);
    expect(await files.size('a.txt')).toBe(5);
  });

  it('say that the folder is gone, whichever of its files was next', async () => {
    const place = await mkdtemp(join(tmpdir(), 'cellsmith-gone-'));
    await writeFile(join(place, 'a.txt'), 'a');
    const files = datasetFiles(place);
    await files.list('');
    await rm(place, { recursive: true });
    for (const act of [() => files.list(''), () => files.read('a.txt'), () => files.size('a.txt')]) {
      const { code, message } = await failure(act);
      expect([code, message]).toEqual(['not-found', expect.stringContaining(`${place} is gone`)]);
    }
  });

  it('say what is missing and stay inside their folder', async () => {
    const nowhere = datasetFiles(join(folder, 'nowhere'));
    const { code, message } = await failure(() => nowhere.list(''));
    expect([code, message]).toEqual(['not-found', `There is no data folder ${join(folder, 'nowhere')}.`]);
    expect(await failure(() => datasetFiles(folder).read('../x'))).toMatchObject({ code: 'bad-path' });
    expect(await failure(() => datasetFiles(folder).read('e.bin'))).toMatchObject({ code: 'not-found' });
  });

  it('hold real JPEG images that decode to natural pictures', async ({ skip }) => {
    if (!existsSync(REAL)) {
      console.log(`skipped: there is no ${REAL}; set CELLSMITH_TEST_DATA`);
      skip();
    }
    const host = { files: datasetFiles, decoder: imageDecoder() };
    const config = { source: `folder:${REAL}`, skipUnreadable: false, limit: 200, testLimit: 100 };
    const { train, test } = await openDataset(config, 1, host);
    expect([train.shape, train.count, test?.count, train.classes.length]).toEqual([
      [32, 32, 3],
      200,
      100,
      10,
    ]);
    const mean = train.pixels.reduce((a, b) => a + b, 0) / train.pixels.length;
    expect(mean).toBeGreaterThan(100);
    expect(mean).toBeLessThan(140);
  });
});
