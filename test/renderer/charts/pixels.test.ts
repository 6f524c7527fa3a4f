import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../core/base/base64.ts';
import { bytesOf, rgbaOf } from '../../../renderer/charts/pixels.ts';

const images = (channels: number, bytes: readonly number[]) => ({
  count: 2,
  height: 1,
  width: 2,
  channels,
  pixels: encodeBase64(Uint8Array.from(bytes)),
});

describe('images that travelled', () => {
  it('have the bytes they were sent with', () => {
    const sent = [0, 255, 128, 7, 200, 1, 2, 3, 4, 5, 6, 9];
    expect([...bytesOf(images(3, sent))]).toEqual(sent);
  });

  it('become opaque colours, each image its own', () => {
    const two = images(3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...rgbaOf(two, 0)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect([...rgbaOf(two, 1)]).toEqual([7, 8, 9, 255, 10, 11, 12, 255]);
  });

  it('become grey where they have one channel', () => {
    expect([...rgbaOf(images(1, [10, 20, 30, 40]), 1)]).toEqual([30, 30, 30, 255, 40, 40, 40, 255]);
  });
});
