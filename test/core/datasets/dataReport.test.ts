import { describe, expect, it } from 'vitest';
import { dataReport } from '../../../core/datasets/dataReport.ts';
import type { Dataset, ImageSet } from '../../../core/datasets/imageSet.ts';
import { makeSplits } from '../../../core/datasets/splits.ts';
import { shapes10 } from '../../../core/datasets/synthetic/shapes10.ts';

/** 1×1 images: [value, label] each. */
function images(...list: readonly (readonly [number, number])[]): ImageSet {
  return {
    shape: [1, 1, 1],
    count: list.length,
    pixels: Uint8Array.from(list, ([value]) => value),
    labels: Uint16Array.from(list, ([, label]) => label),
    classes: ['cat', 'dog'],
  };
}

const SMALL: Dataset = {
  id: 'small',
  title: 'Small',
  train: images([1, 0], [2, 1], [1, 0], [3, 0], [3, 1], [9, 0]),
  test: images([2, 1], [7, 0], [7, 0]),
  unreadable: ['cat/broken.png'],
};

describe('the data report', () => {
  it('counts classes, duplicates, range and imbalance', () => {
    const report = dataReport(SMALL);
    expect(report).toMatchObject({
      classes: ['cat', 'dog'],
      shape: [1, 1, 1],
      parts: [
        { part: 'train', count: 6, perClass: [4, 2] },
        { part: 'test', count: 3, perClass: [2, 1] },
      ],
      imbalance: 2,
      range: [1, 9],
      unreadable: ['cat/broken.png'],
      duplicates: { withinTrain: 2, withinTest: 1, testInTrain: 1, conflicting: 1, acrossSplits: 0 },
    });
  });

  it('warns in words, worst first', () => {
    const warnings = dataReport(SMALL).warnings;
    expect(warnings[0]).toContain('1 image of the test part can be found in the training part');
    expect(warnings.join('\n')).toContain('cat/broken.png');
    expect(warnings.join('\n')).toContain("'dog' has only 2 training images");
    expect(warnings.join('\n')).toContain('scaled twice');
    expect(warnings.join('\n')).not.toContain('uneven');
  });

  it('finds equal images in different splits, and states a test part that was carved out', async () => {
    const { train } = shapes10(1, { train: 40, test: 0 }, { size: 8 });
    const pixels = new Uint8Array(train.pixels.length);
    for (let i = 0; i < 40; i++) pixels.fill(i % 10, i * 192, (i + 1) * 192);
    const data: Dataset = { id: 'x', title: 'x', train: { ...train, pixels } };
    const splits = await makeSplits(data, { weightsShare: 0.5, alphasShare: 0.5 }, 1);
    const report = dataReport(data, splits);
    expect(report.duplicates.acrossSplits).toBe(10);
    expect(report.parts.map(({ part, count }) => [part, count])).toEqual([
      ['train', 40],
      ['weights', 15],
      ['alphas', 15],
      ['validation', 0],
      ['test split', 10],
    ]);
    expect(report.warnings.join('\n')).toContain('There is no test part; 20 %');
  });

  it('has nothing to say about shapes10', () => {
    expect(dataReport(shapes10(1, { train: 500, test: 100 })).warnings).toEqual([]);
  });
});
