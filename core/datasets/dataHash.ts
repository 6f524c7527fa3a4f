/** A fingerprint of a data set: equal exactly where pixels, labels, classes and order are. */
import { sha256Hex } from '../base/sha256.ts';
import type { Dataset, ImageSet } from './imageSet.ts';

/** Hashed piece by piece, so that no second copy of the data is made. */
const PIECE = 16 * 2 ** 20;

/** SHA-256 over shapes, classes, labels and pixels of both parts, in 64 hexadecimal digits. */
export async function dataHash({ train, test }: Dataset): Promise<string> {
  const parts = [await describe(train), ...(test === undefined ? [] : [await describe(test)])];
  return sha256Hex(encode(JSON.stringify(parts)));
}

async function describe({ shape, count, classes, labels, pixels }: ImageSet): Promise<unknown> {
  // Little-endian whatever the machine.
  const labelBytes = new Uint8Array(labels.length * 2);
  for (let i = 0; i < labels.length; i++) {
    labelBytes[2 * i] = labels[i] & 255;
    labelBytes[2 * i + 1] = labels[i] >> 8;
  }
  const pieces: string[] = [await sha256Hex(labelBytes)];
  for (let start = 0; start < pixels.length; start += PIECE) {
    pieces.push(await sha256Hex(new Uint8Array(pixels.subarray(start, start + PIECE))));
  }
  return { shape, count, classes, pieces };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
