import { describe, expect, it } from 'vitest';
import { folderOf, judgeDrop } from '../../../../renderer/pages/guide/drops.ts';

const file = (name: string) => judgeDrop([{ name, isFolder: false }]);

describe('what was dropped', () => {
  it('is an experiment where it is a JSON file', () => {
    expect(file('pets.JSON')).toEqual({ kind: 'experiment' });
  });

  it('is a run where it is a file of one', () => {
    expect(file('run.json')).toEqual({ kind: 'run' });
    expect(file('events.jsonl')).toEqual({ kind: 'run' });
  });

  it.each([
    'arrays.npz',
    'train-images-idx3-ubyte',
    't10k-labels-idx1-ubyte.gz',
    'data_batch_1.bin',
    'train_32x32.mat',
  ])('is data where it is %s', (name) => {
    expect(file(name)).toEqual({ kind: 'data' });
  });

  it('is data where it is a folder, whatever its name', () => {
    expect(judgeDrop([{ name: 'pets.zip', isFolder: true }])).toEqual({ kind: 'data' });
  });

  it.each([
    ['pets.zip', 'archive'],
    ['cifar-10-binary.tar.gz', 'archive'],
    ['cat.jpeg', 'image'],
    ['notes.txt', 'wrong'],
    ['train.binary', 'wrong'],
  ])('is refused by kind: %s is %s', (name, kind) => {
    expect(file(name)).toEqual({ kind, name });
  });

  it('is refused where it is several things, and nothing where it is none', () => {
    const one = { name: 'a.json', isFolder: false };
    expect(judgeDrop([one, one])).toEqual({ kind: 'several' });
    expect(judgeDrop([])).toBeUndefined();
  });
});

describe('the folder around a file', () => {
  it('is told on either kind of system', () => {
    expect(folderOf('/data/mnist/train.bin')).toBe('/data/mnist');
    expect(folderOf('C:\\data\\train.bin')).toBe('C:\\data');
    expect(folderOf('/data')).toBe('/');
  });
});
