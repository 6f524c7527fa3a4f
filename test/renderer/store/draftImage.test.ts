import { describe, expect, it } from 'vitest';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { imageOf } from '../../../renderer/store/draftImage.ts';
import type { DataLook } from '../../../core/protocol/libraryApi.ts';

const config = (data: object) => RunConfig.parse({ data });
const look = (shape: [number, number, number]): DataLook => ({
  id: 'folder',
  title: '',
  classes: ['cat', 'dog'],
  shape,
  parts: [],
  imbalance: 1,
  range: [0, 255],
  unreadable: [],
  duplicates: { withinTrain: 0, withinTest: 0, testInTrain: 0, acrossSplits: 0, conflicting: 0 },
  warnings: [],
  thumbnails: { images: { count: 0, height: 0, width: 0, channels: 3, pixels: '' }, labels: [] },
});

describe('what networks are built for', () => {
  it('is known of the built-in set before anybody looks, at the size asked for', () => {
    expect(imageOf(config({}), undefined)).toEqual({ classes: 10, imageSize: 32, imageChannels: 3 });
    expect(imageOf(config({ imageSize: 16 }), undefined)?.imageSize).toBe(16);
  });

  it('is not known of a folder before somebody looked, and then is what was seen', () => {
    const folder = config({ source: 'folder:/pets' });
    expect(imageOf(folder, undefined)).toBeUndefined();
    expect(imageOf(folder, look([48, 48, 1]))).toEqual({ classes: 2, imageSize: 48, imageChannels: 1 });
  });

  it('is not told for images that are not square', () => {
    expect(imageOf(config({ source: 'npz:/a.npz' }), look([20, 30, 3]))).toBeUndefined();
  });
});
