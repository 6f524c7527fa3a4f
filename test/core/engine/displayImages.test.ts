import { describe, expect, it } from 'vitest';
import { differenceImages, toImages } from '../../../core/engine/displayImages.ts';
import { Images } from '../../../core/protocol/values.ts';

const bytesOf = ({ pixels }: Images): number[] => [...Buffer.from(pixels, 'base64')];

describe('images for display', () => {
  it('have each pixel as the nearest byte, cut to what a byte holds', () => {
    const images = toImages(Float32Array.of(0, 1, 0.5, 100 / 255, -0.1, 1.2), [3, 1, 2, 1]);
    expect(Images.parse(images)).toMatchObject({ count: 3, height: 1, width: 2, channels: 1 });
    expect(bytesOf(images)).toEqual([0, 255, 128, 100, 0, 255]);
  });

  it('give every byte back that a data set held', () => {
    const bytes = Array.from({ length: 256 }, (_, i) => i);
    const pixels = Float32Array.from(bytes, (b) => b / 255);
    expect(bytesOf(toImages(pixels, [1, 16, 16, 1]))).toEqual(bytes);
  });

  it('of no pixels are none', () => {
    expect(toImages(new Float32Array(0), [0, 8, 8, 3]).pixels).toBe('');
  });

  it('refuse a shape of another size', () => {
    expect(() => toImages(new Float32Array(5), [1, 2, 2, 1])).toThrow(/5 pixel values/);
  });
});

describe('images of a difference', () => {
  it('are grey where nothing changed, and use all bytes for the largest change of all images', () => {
    const clean = Float32Array.of(0.5, 0.5, 0.5, 0.5);
    const perturbed = Float32Array.of(0.5, 0.75, 0.25, 0.625);
    const images = differenceImages(clean, perturbed, [2, 1, 2, 1]);
    expect(bytesOf(images)).toEqual([128, 255, 0, 191]);
  });

  it('are grey throughout where nothing changed at all', () => {
    const same = Float32Array.of(0.1, 0.9);
    expect(bytesOf(differenceImages(same, same, [1, 1, 2, 1]))).toEqual([128, 128]);
  });
});
