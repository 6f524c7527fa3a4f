/** Finds images with exactly the same pixels. */
import type { ImageSet } from './imageSet.ts';

/** An image of one of several sets. */
export interface ImagePlace {
  readonly set: number;
  readonly index: number;
}

/** Groups of two or more equal images, in order of their first member. Sets must agree in shape. */
export function findDuplicates(sets: readonly ImageSet[]): readonly (readonly ImagePlace[])[] {
  const byHash = new Map<number, ImagePlace[][]>();
  const all: ImagePlace[][] = [];
  for (const [set, images] of sets.entries()) {
    for (let index = 0; index < images.count; index++) {
      const place = { set, index };
      const hash = hashPixels(pixelsOf(sets, place));
      // Equal hashes are not yet equal pixels.
      const candidates = byHash.get(hash) ?? [];
      const group = candidates.find(([first]) => equal(pixelsOf(sets, first), pixelsOf(sets, place)));
      if (group !== undefined) {
        group.push(place);
        continue;
      }
      const fresh = [place];
      all.push(fresh);
      candidates.push(fresh);
      byHash.set(hash, candidates);
    }
  }
  return all.filter((group) => group.length > 1);
}

function pixelsOf(sets: readonly ImageSet[], { set, index }: ImagePlace): Uint8Array {
  const { shape, pixels } = sets[set];
  const imageBytes = shape[0] * shape[1] * shape[2];
  return pixels.subarray(index * imageBytes, (index + 1) * imageBytes);
}

/** Two FNV-1a sums of different offsets, 53 bits together. */
function hashPixels(pixels: Uint8Array): number {
  let a = 0x811c9dc5;
  let b = 0x2b592017;
  for (let i = 0; i < pixels.length; i++) {
    a = Math.imul(a ^ pixels[i], 0x01000193);
    b = Math.imul(b ^ pixels[i], 0x5bd1e995);
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
