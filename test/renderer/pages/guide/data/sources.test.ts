import { describe, expect, it } from 'vitest';
import { choiceOf, foundSource, readSource } from '../../../../../renderer/pages/guide/data/sources.ts';

const dataset = (id: string, isPublished: boolean) => ({
  id,
  title: id,
  path: { needed: true, description: '' },
  ...(isPublished ? { download: { bytes: 1, homepage: '' } } : {}),
});
const datasets = [dataset('cifar10', true), dataset('mnist', true), dataset('folder', false)];
const listing = (path: string, ...sources: readonly string[]) => ({
  path,
  entries: [],
  leftOut: 0,
  places: [],
  sources: sources.map((source) => ({ source, title: '', why: '' })),
});

describe('a source', () => {
  it('is an id and what follows its first colon', () => {
    expect(readSource('folder:C:\\pets')).toEqual({ id: 'folder', path: 'C:\\pets' });
    expect(readSource('cifar10')).toEqual({ id: 'cifar10' });
    expect(readSource('folder: ')).toEqual({ id: 'folder' });
  });

  it('belongs to the built-in set, a published one, or one’s own', () => {
    expect(choiceOf('shapes10:7', datasets)).toBe('shapes10');
    expect(choiceOf('cifar10:/data', datasets)).toBe('cifar10');
    expect(choiceOf('folder:/pets', datasets)).toBe('own');
    expect(choiceOf('npz:/a.npz', datasets)).toBe('own');
  });
});

describe('a published set', () => {
  it('is recognised among the folders that were downloaded', () => {
    const listings = [listing('/d/pets', 'folder:/d/pets'), listing('/d/c', 'cifar10:/d/c')];
    expect(foundSource('cifar10', listings)).toBe('cifar10:/d/c');
    expect(foundSource('svhn', listings)).toBeUndefined();
  });

  it('is told from others of the same format by its folder', () => {
    const listings = [
      listing('/d/fashion-mnist', 'idx:/d/fashion-mnist'),
      listing('/d/mnist', 'idx:/d/mnist'),
    ];
    expect(foundSource('mnist', listings)).toBe('mnist:/d/mnist');
    expect(foundSource('mnist', listings.slice(0, 1))).toBeUndefined();
  });
});
