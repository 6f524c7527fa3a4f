import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder } from '../../../../headless/services/library/listFolder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function files(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
}
const sources = async (): Promise<string[]> =>
  (await listFolder(folder, folder)).sources.map(({ source }) => source.replace(folder, '…'));

describe('a folder', () => {
  it('is listed with folders first, each in order, without what is hidden', async () => {
    await files('b.txt', 'a10.txt', 'a9.txt', '.secret', 'z/inside.txt');
    await symlink(join(folder, 'z'), join(folder, 'link'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken'));
    const { path, parent, entries, leftOut } = await listFolder('/unused', folder);
    expect({ path, parent, leftOut }).toEqual({ path: folder, parent: dirname(folder), leftOut: 0 });
    expect(entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      ...['folder link', 'folder z'],
      ...['file a9.txt', 'file a10.txt', 'file b.txt', 'file broken'],
    ]);
    expect(entries[1].path).toBe(join(folder, 'z'));
  });

  it('with very many entries is listed in part, and says how many more there are', async () => {
    await files(...Array.from({ length: 2005 }, (_, i) => `${i}.png`));
    const { entries, leftOut } = await listFolder('/unused', folder);
    expect([entries.length, leftOut]).toEqual([2000, 5]);
  });

  it('is that of the data where none is named, and places to begin are told', async () => {
    await files('data/pets/cat/1.png');
    const { path, places } = await listFolder(folder, undefined);
    expect(path).toBe(join(folder, 'data'));
    expect(places).toContainEqual({ title: 'Data of Cellsmith', path: join(folder, 'data') });
    expect(places.map(({ title }) => title)).toContain('Home');
  });

  it('at the root has no parent', async () => {
    expect(await listFolder(folder, '/')).not.toHaveProperty('parent');
  });

  it('that is not there is an error that says so', async () => {
    const missing = join(folder, 'missing');
    await expect(listFolder(folder, missing)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(missing),
    });
    await files('file.txt');
    await expect(listFolder(folder, join(folder, 'file.txt'))).rejects.toMatchObject({ code: 'bad-path' });
  });
});

describe('what a folder could be used as', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', ['readme.txt', 'docs/a.txt'], []],
    ['folders of classes', ['cat/1.png', 'dog/2.JPG', 'notes.txt'], ['folder:…']],
    ['a single class', ['cat/1.png', 'docs/a.txt'], []],
    ['train and test', ['train/cat/1.png', 'train/dog/1.png', 'val/cat/1.png'], ['folder:…']],
    [
      'CIFAR-10',
      ['data_batch_1.bin', 'data_batch_2.bin', 'test_batch.bin', 'batches.meta.txt'],
      ['cifar10:…'],
    ],
    ['CIFAR-100', ['train.bin', 'test.bin', 'fine_label_names.txt'], ['cifar100:…']],
    ['MNIST, packed', ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'], ['idx:…']],
    ['SVHN', ['train_32x32.mat', 'test_32x32.mat'], ['svhn:…']],
    ['arrays', ['a.npz', 'b.npz'], ['npz:…/a.npz', 'npz:…/b.npz']],
  ])('is told for %s', async (_, paths, expected) => {
    await files(...paths);
    expect(await sources()).toEqual(expected);
  });
});
