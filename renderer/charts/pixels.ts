/** Images as they travel (bytes in base64) turned into what a canvas takes. */
import type { Images } from '../../core/protocol/values.ts';

const decoded = new WeakMap<Images, Uint8Array>();

/** The bytes of all images, decoded once. */
export function bytesOf(images: Images): Uint8Array {
  const known = decoded.get(images);
  if (known !== undefined) return known;
  const text = atob(images.pixels);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  decoded.set(images, bytes);
  return bytes;
}

/** One image with red, green, blue and full opacity; grey images have one channel. What is missing stays black. */
export function rgbaOf(images: Images, index: number): Uint8ClampedArray<ArrayBuffer> {
  const { height, width, channels } = images;
  const bytes = bytesOf(images);
  const pixels = height * width;
  const rgba = new Uint8ClampedArray(4 * pixels);
  for (let i = 0, from = index * pixels * channels; i < pixels; i++, from += channels) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[from + (channels === 1 ? 0 : c)];
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}
