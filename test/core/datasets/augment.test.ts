import { describe, expect, it } from 'vitest';
import { createRng } from '../../../core/base/rng.ts';
import type { AugmentOptions } from '../../../core/datasets/augment.ts';
import { augment } from '../../../core/datasets/augment.ts';

const OFF: AugmentOptions = { crop: 0, flip: false, cutout: 0 };
const [B, H, W, C] = [64, 6, 5, 2];

/** Every value differs from every other and from black. */
function batch(): Float32Array {
  return Float32Array.from({ length: B * H * W * C }, (_, i) => (i + 1) / (B * H * W * C));
}

function augmented(options: Partial<AugmentOptions>, seed = 1): Float32Array {
  const images = batch();
  augment(images, [B, H, W, C], { ...OFF, ...options }, createRng(seed));
  return images;
}

function pixel(images: Float32Array, b: number, y: number, x: number): number[] {
  if (y < 0 || y >= H || x < 0 || x >= W) return new Array<number>(C).fill(0);
  const at = ((b * H + y) * W + x) * C;
  return [...images.subarray(at, at + C)];
}

/** Whether image b of `images` is image b of the plain batch with pixel (y, x) fetched from `from(y, x)`. */
function comesFrom(
  images: Float32Array,
  b: number,
  from: (y: number, x: number) => [number, number],
): boolean {
  const plain = batch();
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      if (pixel(images, b, y, x).join() !== pixel(plain, b, ...from(y, x)).join()) return false;
    }
  }
  return true;
}

describe('augmentation', () => {
  it('does nothing when all is off', () => {
    expect(augmented({})).toEqual(batch());
  });

  it('crops: each image moves as a whole by up to the padding, black comes in', () => {
    const images = augmented({ crop: 2 });
    const moves = new Set<string>();
    for (let b = 0; b < B; b++) {
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          if (comesFrom(images, b, (y, x) => [y - dy, x - dx])) moves.add(`${b}: ${dy} ${dx}`);
        }
      }
    }
    expect(moves.size).toBe(B);
    expect(new Set([...moves].map((move) => move.split(': ')[1])).size).toBeGreaterThan(15);
  });

  it('crops by more than the whole image to black, without harm to its neighbours', () => {
    const images = augmented({ crop: 16 });
    const black = Array.from({ length: B }, (_, b) => comesFrom(images, b, () => [-1, -1]));
    expect(black.filter(Boolean).length).toBeGreaterThan(B / 2);
  });

  it('flips about half of the images, left to right', () => {
    const images = augmented({ flip: true });
    const flipped = Array.from({ length: B }, (_, b) => comesFrom(images, b, (y, x) => [y, W - 1 - x]));
    const kept = Array.from({ length: B }, (_, b) => comesFrom(images, b, (y, x) => [y, x]));
    expect(flipped.every((is, b) => is !== kept[b])).toBe(true);
    expect(flipped.filter(Boolean).length).toBeGreaterThan(B / 4);
    expect(kept.filter(Boolean).length).toBeGreaterThan(B / 4);
  });

  it('cuts one black square out of each image, smaller where it meets the edge', () => {
    const images = augmented({ cutout: 3 });
    const sizes = new Set<number>();
    for (let b = 0; b < B; b++) {
      const holes: [number, number][] = [];
      for (let y = 0; y < H; y++) {
        for (let x = 0; x < W; x++) {
          const value = pixel(images, b, y, x);
          if (value.every((v) => v === 0)) holes.push([y, x]);
          else expect(value).toEqual(pixel(batch(), b, y, x));
        }
      }
      const height = Math.max(...holes.map(([y]) => y)) - Math.min(...holes.map(([y]) => y)) + 1;
      const width = Math.max(...holes.map(([, x]) => x)) - Math.min(...holes.map(([, x]) => x)) + 1;
      expect(holes).toHaveLength(height * width);
      expect(Math.max(height, width)).toBeLessThanOrEqual(3);
      sizes.add(holes.length);
    }
    expect(sizes).toContain(9);
    expect(sizes.size).toBeGreaterThan(1);
  });

  it('crops, then flips, then cuts: the black square is never moved', () => {
    // With a square as large as twice the image all is black, whatever came before; cutting first would let pixels in.
    expect(augmented({ crop: 2, flip: true, cutout: 2 * H }).every((v) => v === 0)).toBe(true);
    // A crop before a flip moves by −dx in the flipped picture: some image shows it, none the other order alone.
    const images = augmented({ crop: 2, flip: true }, 3);
    const rng = createRng(3);
    for (let b = 0; b < B; b++) {
      const dy = rng.int(5) - 2;
      const dx = rng.int(5) - 2;
      const flip = rng.next() < 0.5;
      expect(comesFrom(images, b, (y, x) => [y - dy, (flip ? W - 1 - x : x) - dx])).toBe(true);
    }
  });

  it('follows its generator', () => {
    const all = { crop: 2, flip: true, cutout: 2 };
    expect(augmented(all)).toEqual(augmented(all));
    expect(augmented(all, 2)).not.toEqual(augmented(all));
  });
});
