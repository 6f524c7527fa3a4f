import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../core/datasets/index.ts';
import type { SourceConfig } from '../../../core/datasets/source.ts';
import { bytesOf, failure, memoryHost } from '../../helpers/datasetBytes.ts';

const image = (value: number, side = 8): Uint8Array => bytesOf([side, side, value]);

function open(
  tree: Record<string, Uint8Array>,
  config: Partial<SourceConfig> = {},
  onProgress?: (what: string, done: number, total: number) => void,
): ReturnType<typeof openDataset> {
  return openDataset(
    { source: 'folder:x', skipUnreadable: false, ...config },
    1,
    memoryHost(tree, onProgress),
  );
}

describe('a folder of images', () => {
  it('has a class per folder, in order of name, and its images in order of name', async () => {
    const tree = {
      'dog/b.png': image(2),
      'dog/a.JPG': image(1),
      'cat/deep/x.webp': image(3),
      'cat/note.txt': image(9),
    };
    const { train, test, unreadable } = await open(tree);
    expect(train.classes).toEqual(['cat', 'dog']);
    expect([...train.labels]).toEqual([0, 1, 1]);
    expect(Array.from({ length: 3 }, (_, i) => train.pixels[i * 192])).toEqual([3, 1, 2]);
    expect(train.shape).toEqual([8, 8, 3]);
    expect(test).toBeUndefined();
    expect(unreadable).toEqual([]);
  });

  it('takes train/ and test/ (or val/) as parts with the same classes', async () => {
    const tree = {
      'Train/a/1.png': image(1),
      'Train/b/2.png': image(2),
      'val/b/3.png': image(3),
      'val/a/4.png': image(4),
    };
    const { train, test } = await open(tree);
    expect([train.count, test?.count]).toEqual([2, 2]);
    expect([...(test?.labels ?? [])]).toEqual([0, 1]);
    expect(test?.pixels[0]).toBe(4);
    const { 'val/a/4.png': _gone, ...uneven } = tree;
    expect(await failure(() => open(uneven))).toMatchObject({ code: 'empty-class' });
    expect(await failure(() => open({ ...tree, 'val/c/5.png': image(1) }))).toMatchObject({
      code: 'class-unknown',
    });
  });

  it('does not mistake a class called train for a part', async () => {
    const { train } = await open({ 'train/1.png': image(1), 'bus/2.png': image(2) });
    expect(train.classes).toEqual(['bus', 'train']);
  });

  it('names the first unreadable files and their number, or lists them and goes on when told to', async () => {
    const broken = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`a/bad${i}.png`, bytesOf([1])]));
    const tree = { ...broken, 'a/good.png': image(5), 'b/good.png': image(6) };
    const { code, message } = await failure(() => open(tree));
    expect(code).toBe('unreadable-images');
    expect(message).toContain('7 of 9 images');
    expect(message).toContain('a/bad0.png, a/bad1.png');
    expect(message).toContain('2 more');
    const { train, unreadable } = await open(tree, { skipUnreadable: true });
    expect(unreadable).toHaveLength(7);
    expect(unreadable?.[6]).toBe('a/bad6.png');
    expect([train.pixels[0], train.pixels[192]]).toEqual([5, 6]);
    expect([...train.labels]).toEqual([0, 1]);
  });

  it('says that none can be read where none can, whether or not they may be skipped', async () => {
    const tree = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`a/${i}.png`, bytesOf([1])]));
    for (const imageSize of [undefined, 8]) {
      const asked = imageSize === undefined ? {} : { imageSize };
      const { code, message } = await failure(() => open(tree, { ...asked, skipUnreadable: true }));
      expect(code).toBe('none-readable');
      expect(message).toMatch(/^None of the 1,200 images can be read: a\/0\.png, .* and 1,195 more\.$/);
    }
  });

  it('takes more images below a folder than one call has arguments', async () => {
    const count = 150_000;
    const names = Array.from({ length: count }, (_, i) => `${i}.png`);
    const host = memoryHost({ 'b/0.png': image(7) });
    const files = host.files('x');
    const { train } = await openDataset({ source: 'folder:x', skipUnreadable: false, limit: 2 }, 1, {
      ...host,
      files: () => ({
        ...files,
        list: async (path) => {
          if (path === '') return ['a', 'b'].map((name) => ({ name, kind: 'folder' as const }));
          if (path === 'a') return [{ name: 'deep', kind: 'folder' as const }];
          return path === 'b' ? files.list('b') : names.map((name) => ({ name, kind: 'file' as const }));
        },
        size: async () => 1,
        read: async () => new Uint8Array(image(7)),
      }),
    });
    expect(train.count).toBe(2);
  });

  it('keeps the parts apart when files of both are skipped', async () => {
    const tree = {
      'train/a/0.png': bytesOf([1]),
      'train/a/1.png': image(1),
      'train/b/2.png': image(2),
      'test/a/3.png': image(3),
      'test/a/4.png': bytesOf([1]),
      'test/b/5.png': image(5),
    };
    const { train, test } = await open(tree, { skipUnreadable: true });
    expect([...train.labels, ...(test?.labels ?? [])]).toEqual([0, 1, 0, 1]);
    expect([test?.pixels[0], test?.pixels[192]]).toEqual([3, 5]);
  });

  it('needs an image size where images differ, and honours it', async () => {
    const tree = { 'a/1.png': image(1, 8), 'b/2.png': image(2, 9) };
    expect((await failure(() => open(tree))).message).toContain('a/1.png is 8×8, b/2.png is 9×9');
    expect((await open(tree, { imageSize: 12 })).train.shape).toEqual([12, 12, 3]);
  });

  it('reports progress, and samples before it decodes', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`${i % 2 ? 'a' : 'b'}/${i}.png`, image(i)]),
    );
    const seen: string[] = [];
    const { train } = await open(tree, { limit: 10 }, (what, done, total) =>
      seen.push(`${what} ${done}/${total}`),
    );
    const counted = (what: string): string[] => Array.from({ length: 11 }, (_, i) => `${what} ${i}/10`);
    expect(seen).toEqual([...counted('sizes of images'), ...counted('images')]);
    expect(train.labels.filter((label) => label === 0)).toHaveLength(5);
  });

  it('refuses an empty class, a single class, a class that skipping empties, and no classes', async () => {
    const code = async (tree: Record<string, Uint8Array>, skipUnreadable = false): Promise<string> =>
      (await failure(() => open(tree, { skipUnreadable }))).code;
    expect(await code({ 'a/1.png': image(1), 'b/readme.txt': image(1) })).toBe('empty-class');
    expect(await code({ 'a/1.png': image(1) })).toBe('one-class');
    expect(await code({ 'a/1.png': image(1), 'b/2.png': bytesOf([1]) }, true)).toBe('empty-class');
    expect(await code({ '1.png': image(1) })).toBe('data-not-found');
    expect(await code({ 'a/1.png': bytesOf([1]), 'b/2.png': bytesOf([1]) }, true)).toBe('none-readable');
  });
});
