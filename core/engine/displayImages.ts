/** Images for the eye: float pixels as bytes in base64. */
import { encodeBase64 } from '../base/base64.ts';
import { assert } from '../base/errors.ts';
import type { Images } from '../protocol/values.ts';

/** Count, height, width, channels. */
export type ImagesShape = readonly [count: number, height: number, width: number, channels: number];

type Pixels = ArrayLike<number>;

/**
 * Rounded to bytes, so a perturbed image is up to 0.5/255 per pixel off what the network was shown: for display only.
 * @param pixels in [0, 1], rows first; other values are cut
 */
export function toImages(pixels: Pixels, shape: ImagesShape): Images {
  return imagesOf(shape, pixels.length, (i) => pixels[i]);
}

/**
 * (perturbed − clean)/(2·ε∞) + ½ with ε∞ the largest change of a pixel in all the images, so that they can be compared
 * with one another. Grey (128) is no change.
 */
export function differenceImages(clean: Pixels, perturbed: Pixels, shape: ImagesShape): Images {
  assert(clean.length === perturbed.length, () => 'difference images: clean and perturbed are not alike');
  let largest = 0;
  for (let i = 0; i < clean.length; i++) largest = Math.max(largest, Math.abs(perturbed[i] - clean[i]));
  return imagesOf(shape, clean.length, (i) =>
    largest === 0 ? 0.5 : (perturbed[i] - clean[i]) / (2 * largest) + 0.5,
  );
}

function imagesOf(shape: ImagesShape, length: number, valueAt: (i: number) => number): Images {
  const [count, height, width, channels] = shape;
  assert(length === count * height * width * channels, () => {
    return `images of shape [${shape.join(', ')}] cannot have ${length} pixel values`;
  });
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = Math.round(Math.min(1, Math.max(0, valueAt(i))) * 255);
  return { count, height, width, channels, pixels: encodeBase64(bytes) };
}
