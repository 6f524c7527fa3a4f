/** Random changes to training images that keep their class: crop, then flip, then cutout. */
import { assert } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';

export interface AugmentOptions {
  /** Pixels of black border on each side, from which a piece of the old size is cut; 0 = off. */
  readonly crop: number;
  /** Mirrors every second image, left to right. */
  readonly flip: boolean;
  /** Side of a black square at a random place, cut off at the edges; 0 = off. */
  readonly cutout: number;
}

/**
 * Changes `images` in place; what is drawn from `rng` depends on the options and the number of images alone.
 * Differs: cutout (DeVries and Taylor 2017) is black; DARTS' code sets 0 after normalisation, the mean colour, but here
 * images stay in [0, 1] and the network normalises.
 * @param images [B, H, W, C] float32 in [0, 1], the caller's own copy
 */
export function augment(
  images: Float32Array,
  shape: readonly number[],
  { crop, flip, cutout }: AugmentOptions,
  rng: Rng,
): void {
  assert(shape.length === 4, () => `augment: shape [${shape.join(', ')}] is not [B, H, W, C]`);
  const [count, height, width, channels] = shape;
  const size = height * width * channels;
  assert(images.length === count * size, () => {
    return `augment: ${images.length} values are not [${shape.join(', ')}]`;
  });
  for (let i = 0; i < count; i++) {
    const image = images.subarray(i * size, (i + 1) * size);
    if (crop > 0) {
      const down = rng.int(2 * crop + 1) - crop;
      const right = rng.int(2 * crop + 1) - crop;
      shift(image, height, width, channels, down, right);
    }
    if (flip && rng.next() < 0.5) mirror(image, height, width, channels);
    if (cutout > 0) blacken(image, height, width, channels, cutout, rng.int(height), rng.int(width));
  }
}

/** Moves the image by whole pixels; what comes in is black. */
function shift(
  image: Float32Array,
  height: number,
  width: number,
  channels: number,
  down: number,
  right: number,
): void {
  const row = width * channels;
  const old = image.slice();
  image.fill(0);
  const kept = (width - Math.abs(right)) * channels;
  if (kept <= 0) return;
  const from = Math.max(0, -right) * channels;
  const to = Math.max(0, right) * channels;
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const start = (y - down) * row + from;
    image.set(old.subarray(start, start + kept), y * row + to);
  }
}

function mirror(image: Float32Array, height: number, width: number, channels: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width >> 1; x++) {
      const left = (y * width + x) * channels;
      const right = (y * width + width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) {
        const kept = image[left + c];
        image[left + c] = image[right + c];
        image[right + c] = kept;
      }
    }
  }
}

function blacken(
  image: Float32Array,
  height: number,
  width: number,
  channels: number,
  side: number,
  centreY: number,
  centreX: number,
): void {
  const top = centreY - (side >> 1);
  const left = centreX - (side >> 1);
  const start = Math.max(0, left);
  const end = Math.min(width, left + side);
  for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
    image.fill(0, (y * width + start) * channels, (y * width + end) * channels);
  }
}
