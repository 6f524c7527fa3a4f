import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../core/datasets/index.ts';
import { decodeNpy } from '../../../core/datasets/npy.ts';
import { decodeNpz } from '../../../core/datasets/npz.ts';
import { failure, memoryHost, npyBytes, npzBytes } from '../../helpers/datasetBytes.ts';

const COUNTING = Array.from({ length: 6 * 4 * 4 * 3 }, (_, i) => i % 256);

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/datasets/${name}`, import.meta.url));
}

describe('npz', () => {
  // Written by numpy.savez and numpy.savez_compressed from 0, 1, 2 … as [6, 4, 4, 3].
  it('is read from what NumPy writes: bytes, channels last, with a test part', () => {
    const { train, test } = decodeNpz(fixture('numpy-plain.npz'), 'plain');
    expect(train.shape).toEqual([4, 4, 3]);
    expect([...train.pixels]).toEqual(COUNTING);
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...(test?.pixels ?? [])]).toEqual(COUNTING.slice(0, 144));
  });

  it('is read from what NumPy writes: packed floats, channels first, column-major, no test part', () => {
    const { train, test } = decodeNpz(fixture('numpy-packed.npz'), 'packed');
    expect(train.shape).toEqual([4, 4, 3]);
    expect([...train.pixels]).toEqual(COUNTING);
    expect(test).toBeUndefined();
  });

  it('is found as a file in a folder', async () => {
    const host = memoryHost({ 'digits.npz': fixture('numpy-plain.npz') });
    const { train } = await openDataset({ source: 'npz:x', skipUnreadable: false }, 1, host);
    expect(train.count).toBe(6);
  });

  it('is refused in words where arrays are missing, odd or out of range', async () => {
    const labels = npyBytes('|u1', [2], Uint8Array.of(0, 1));
    const message = async (members: Record<string, Uint8Array>): Promise<string> =>
      (await failure(() => decodeNpz(npzBytes(members), 'a.npz'))).message;
    const images = (
      shape: number[],
      descr = '|u1',
      data = new Uint8Array(shape.reduce((a, b) => a * b)),
    ): Uint8Array => npyBytes(descr, shape, data);
    expect(await message({ images: images([2, 4, 4, 3]) })).toContain("no array 'labels' beside 'images'");
    expect(await message({ other: labels })).toContain("'x_train' and 'y_train'");
    expect(await message({ images: images([2, 4, 4, 2]), labels })).toContain('(2, 4, 4, 2)');
    expect(await message({ images: images([3, 4, 4]), labels })).toContain('3 images');
    const floats = new Uint8Array(Float32Array.from({ length: 8 }, () => 2.5).buffer);
    expect(await message({ images: images([2, 2, 2], '<f4', floats), labels })).toContain('2.5');
    const negative = npyBytes('|i1', [2], Uint8Array.of(0, 255));
    expect(await message({ images: images([2, 2, 2]), labels: negative })).toContain('label 1 is -1');
  });
});

describe('npy', () => {
  const view = new DataView(new ArrayBuffer(8));
  it.each([
    ['<i8', 8, (v: DataView) => v.setBigInt64(0, -5n, true), -5],
    ['>i4', 4, (v: DataView) => v.setInt32(0, -5), -5],
    ['<u2', 2, (v: DataView) => v.setUint16(0, 513, true), 513],
    ['<f2', 2, (v: DataView) => v.setUint16(0, 0x3800, true), 0.5],
    ['<f8', 8, (v: DataView) => v.setFloat64(0, 0.1, true), 0.1],
    ['>f4', 4, (v: DataView) => v.setFloat32(0, 0.25), 0.25],
  ])('reads numbers of type %s', (descr, bytes, set, value) => {
    set(view);
    const array = decodeNpy(npyBytes(descr, [1], new Uint8Array(view.buffer.slice(0, bytes))), 'a');
    expect(array.at(0)).toBe(value);
  });

  it('reads format versions 1 to 3 and no other', async () => {
    for (const version of [1, 2, 3]) {
      expect(decodeNpy(npyBytes('|u1', [2], Uint8Array.of(7, 8), version), 'a').at(1)).toBe(8);
    }
    expect(
      (await failure(() => decodeNpy(npyBytes('|u1', [1], Uint8Array.of(7), 4), 'a'))).message,
    ).toContain('version 4');
  });
});
