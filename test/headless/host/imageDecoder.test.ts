import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import { crc32 } from '../../../core/datasets/checksums.ts';
import { imageDecoder } from '../../../headless/host/imageDecoder.ts';

const { decode, size } = imageDecoder();
const SIZE = { width: 8, height: 8 };

function picture(
  width: number,
  height: number,
  channels: 3 | 4,
  value: (x: number, y: number) => number[],
): Sharp {
  const data = Uint8Array.from(
    Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))).flat(),
  );
  return sharp(data, { raw: { width, height, channels } });
}

const red = picture(8, 8, 3, () => [200, 10, 30]);

describe('decoding images', () => {
  it('gives the pixels of PNG exactly, those of JPEG and WebP nearly', async () => {
    const gradient = picture(8, 8, 3, (x, y) => [x * 30, y * 30, 7]);
    const pixels = await decode(await gradient.png().toBuffer(), SIZE);
    expect([...pixels.subarray(0, 6)]).toEqual([0, 0, 7, 30, 0, 7]);
    for (const bytes of [await red.clone().jpeg().toBuffer(), await red.clone().webp().toBuffer()]) {
      expect(await size(bytes)).toEqual(SIZE);
      const near = await decode(bytes, SIZE);
      expect(near).toHaveLength(192);
      expect(Math.abs(near[0] - 200) + Math.abs(near[1] - 10) + Math.abs(near[2] - 30)).toBeLessThan(20);
    }
  });

  it('makes three channels of grey, puts transparency on black, reads 16 bits', async () => {
    const grey = await red.clone().greyscale().png().toBuffer();
    const [r, g, b] = await decode(grey, SIZE);
    expect([g, b]).toEqual([r, r]);
    const clear = await picture(8, 8, 4, () => [255, 255, 255, 0])
      .png()
      .toBuffer();
    expect(Math.max(...(await decode(clear, SIZE)))).toBe(0);
    const deep = await red.clone().toColourspace('rgb16').png().toBuffer();
    expect([...(await decode(deep, SIZE)).subarray(0, 3)]).toEqual([200, 10, 30]);
  });

  it('cuts out the middle where the shape differs, and honours the rotation in EXIF', async () => {
    const wide = await picture(24, 8, 3, (x) => (x < 8 ? [255, 0, 0] : x < 16 ? [0, 255, 0] : [0, 0, 255]))
      .png()
      .toBuffer();
    const middle = await decode(wide, SIZE);
    expect([...middle.subarray(9, 12)]).toEqual([0, 255, 0]);
    const turned = await picture(16, 8, 3, () => [9, 9, 9])
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await size(turned)).toEqual({ width: 8, height: 16 });
  });

  it('rejects what is cut short, damaged, no image, or of a kind not asked for', async () => {
    const noise = picture(64, 64, 3, (x, y) => [(x * 37 + y * 91) % 256, (x * y) % 256, (x * 7) % 256]);
    const png = await noise.clone().png().toBuffer();
    const damagedPng = Uint8Array.from(png);
    damagedPng[Math.floor(png.length / 2)] ^= 255;
    const jpeg = await noise.clone().jpeg().toBuffer();
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    const bad = [
      png.subarray(0, png.length / 2),
      damagedPng,
      jpeg.subarray(0, jpeg.length / 2),
      svg,
      new Uint8Array(0),
    ];
    for (const bytes of [...bad, await noise.clone().tiff().toBuffer()]) {
      await expect(decode(bytes, SIZE)).rejects.toThrow();
    }
    await expect(size(svg)).rejects.toThrow();
  });

  it('survives files that are malformed in a thousand ways: pixels of the right number, or a rejection', async () => {
    const noise = picture(24, 24, 3, (x, y) => [(x * 37 + y * 91) % 256, (x * y) % 256, (x * 7) % 256]);
    const files = [
      await noise.clone().png().toBuffer(),
      await noise.clone().jpeg().toBuffer(),
      await noise.clone().webp().toBuffer(),
    ];
    const rng = createRng(1, 'malformed images');
    let rejected = 0;
    for (let i = 0; i < 1000; i++) {
      const bytes = Uint8Array.from(files[i % 3]);
      for (let flips = 1 + rng.int(5); flips > 0; flips--) bytes[rng.int(bytes.length)] ^= 1 << rng.int(8);
      const part = rng.next() < 0.3 ? bytes.subarray(0, rng.int(bytes.length)) : bytes;
      const pixels = await decode(part, SIZE).catch(() => undefined);
      if (pixels === undefined) rejected++;
      else expect(pixels).toHaveLength(192);
    }
    expect(rejected).toBeGreaterThan(300);
  });

  it('makes no room for a picture that only claims to be huge', async () => {
    const png = Uint8Array.from(await red.clone().png().toBuffer());
    const view = new DataView(png.buffer);
    view.setUint32(16, 60_000);
    view.setUint32(20, 60_000);
    view.setUint32(29, crc32(png.subarray(12, 29)));
    await expect(decode(png, SIZE)).rejects.toThrow();
  });
});
