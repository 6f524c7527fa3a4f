/** A few images of each class, small enough to be sent. */
import { encodeBase64 } from '../../../core/base/base64.ts';
import type { ImageSet } from '../../../core/datasets/imageSet.ts';
import { resize } from '../../../core/datasets/resize.ts';
import type { DataLook } from '../../../core/protocol/libraryApi.ts';
import type { Images } from '../../../core/protocol/values.ts';

/** Side in pixels: of a few, of many. */
const LARGE = 64;
const SMALL = 32;
const FEW = 400;
const MOST = 2000;

/** Class by class; spread over each class, since neighbouring files are often alike. */
export function thumbnails(set: ImageSet, perClass: number): DataLook['thumbnails'] {
  const each = Math.max(1, Math.min(perClass, Math.floor(MOST / set.classes.length)));
  const members: number[][] = set.classes.map(() => []);
  for (const [index, label] of set.labels.entries()) members[label].push(index);
  const chosen = members.flatMap((all) => {
    const count = Math.min(each, all.length);
    return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]);
  });
  const small = shrunk(subset(set, chosen), chosen.length > FEW ? SMALL : LARGE);
  return { images: imagesOf(small), labels: [...small.labels] };
}

/** Images that a person looks at one by one: at most so large. */
const SHOWN = 128;

export function sendable(images: Images): Images {
  const { count, height, width, channels } = images;
  if (Math.max(height, width) <= SHOWN) return images;
  const pixels = new Uint8Array(Buffer.from(images.pixels, 'base64'));
  const unlabelled = { labels: new Uint16Array(count), classes: [] };
  return imagesOf(shrunk({ ...unlabelled, shape: [height, width, channels], count, pixels }, SHOWN));
}

function imagesOf({ count, shape: [height, width, channels], pixels }: ImageSet): Images {
  return { count, height, width, channels, pixels: encodeBase64(pixels) };
}

/** Those images alone, in that order. */
export function subset(set: ImageSet, indices: readonly number[]): ImageSet {
  const imageBytes = set.shape[0] * set.shape[1] * set.shape[2];
  const pixels = new Uint8Array(indices.length * imageBytes);
  for (const [to, from] of indices.entries())
    pixels.set(set.pixels.subarray(from * imageBytes, (from + 1) * imageBytes), to * imageBytes);
  return { ...set, count: indices.length, pixels, labels: Uint16Array.from(indices, (i) => set.labels[i]) };
}

function shrunk(set: ImageSet, side: number): ImageSet {
  const [height, width] = set.shape;
  const scale = Math.min(1, side / Math.max(height, width));
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return resize(set, scaled(height), scaled(width));
}
