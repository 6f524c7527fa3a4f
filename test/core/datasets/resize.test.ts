import { describe, expect, it } from 'vitest';
import type { ImageSet } from '../../../core/datasets/imageSet.ts';
import { resize } from '../../../core/datasets/resize.ts';

function gray(rows: readonly (readonly number[])[], images = 1): ImageSet {
  const pixels = Uint8Array.from(Array.from({ length: images }, () => rows.flat()).flat());
  const labels = new Uint16Array(images);
  return { shape: [rows.length, rows[0].length, 1], count: images, pixels, labels, classes: ['a', 'b'] };
}

describe('resize', () => {
  it('takes the mean of the pixels under each new one when images shrink', () => {
    expect([
      ...resize(
        gray([
          [0, 10],
          [20, 30],
        ]),
        1,
        1,
      ).pixels,
    ]).toEqual([15]);
    // 3 → 2: each new pixel covers one and a half old ones.
    expect([...resize(gray([[0, 90, 180]]), 1, 2).pixels]).toEqual([30, 150]);
  });

  it('interpolates when images grow', () => {
    expect([...resize(gray([[0, 100]]), 1, 4).pixels]).toEqual([0, 25, 75, 100]);
  });

  it('keeps flat images flat, channels apart, and every image of a set alike', () => {
    const { pixels } = resize(
      gray(
        [
          [7, 7, 7],
          [7, 7, 7],
          [7, 7, 7],
        ],
        3,
      ),
      5,
      2,
    );
    expect([...pixels]).toEqual(new Array(30).fill(7));
    const colour: ImageSet = {
      ...gray([[0]]),
      shape: [2, 2, 3],
      pixels: Uint8Array.from([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]),
    };
    expect([...resize(colour, 1, 1).pixels]).toEqual([1, 2, 3]);
  });

  it('leaves a set of the wanted size as it is', () => {
    const set = gray([
      [1, 2],
      [3, 4],
    ]);
    expect(resize(set, 2, 2)).toBe(set);
  });
});
