import { describe, expect, it } from 'vitest';
import { withoutPath } from '../../../../../renderer/pages/guide/data/withoutPath.ts';

const datasets = [
  { id: 'folder', title: 'Folders of images', path: { needed: true, description: '' } },
  {
    id: 'cifar10',
    title: 'CIFAR-10',
    path: { needed: true, description: '' },
    download: { bytes: 1, homepage: '' },
  },
  { id: 'shapes10', title: 'Shapes', path: { needed: false, description: '' } },
];
const issue = (path: string) => ({
  path: path.split('.'),
  message: 'Write it after a colon.',
  hint: 'As id:path.',
});
const messages = (source: unknown, path = 'data.source') =>
  withoutPath([issue(path)], source, datasets).map(({ message }) => message);

describe('a data set without its path', () => {
  it('is told by what can be done in the window', () => {
    expect(messages('folder')[0]).toMatch(/folder/);
    expect(messages('cifar10')[0]).toMatch(/CIFAR-10/);
  });

  it('leaves other mistakes as they are', () => {
    const as = ['Write it after a colon.'];
    expect(messages('folder', 'data.limit')).toEqual(as);
    expect(messages('folder:/pets')).toEqual(as);
    expect(messages('shapes10')).toEqual(as);
    expect(messages(undefined)).toEqual(as);
  });
});
