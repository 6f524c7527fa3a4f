import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { Rng } from '../../../core/base/rng.ts';
import { createRng } from '../../../core/base/rng.ts';
import { decodeCifar } from '../../../core/datasets/cifarBinary.ts';
import { decodeIdxPair } from '../../../core/datasets/idx.ts';
import { decodeNpz } from '../../../core/datasets/npz.ts';
import { decodeSvhn } from '../../../core/datasets/svhnMat.ts';
import {
  bytesOf,
  cifarBytes,
  failure,
  idxBytes,
  matBytes,
  npyBytes,
  npzBytes,
} from '../../helpers/datasetBytes.ts';
import type { Bytes } from '../../helpers/datasetBytes.ts';

const CLASSES = ['a', 'b', 'c'];
const LABELS = idxBytes([4], [0, 1, 2, 0]);
const IMAGES = idxBytes([4, 3, 3], new Uint8Array(36).fill(9));
const ARRAYS = {
  x_train: npyBytes('|u1', [4, 3, 3, 1], new Uint8Array(36).fill(9)),
  y_train: npyBytes('<i8', [4], new Uint8Array(BigInt64Array.of(0n, 1n, 2n, 0n).buffer)),
};

/** Every reader with valid bytes of its own. */
const READERS: readonly (readonly [string, Bytes, (bytes: Bytes) => unknown])[] = [
  ['CIFAR', cifarBytes([0, 1]), (bytes) => decodeCifar(bytes, 'f', CLASSES, 1)],
  ['IDX images', IMAGES, (bytes) => decodeIdxPair(bytes, 'f', LABELS, 'l')],
  ['IDX labels', LABELS, (bytes) => decodeIdxPair(IMAGES, 'f', bytes, 'l')],
  ['IDX in gzip', new Uint8Array(gzipSync(IMAGES)), (bytes) => decodeIdxPair(bytes, 'f', LABELS, 'l')],
  ['MATLAB, packed', matBytes(3, 3, [1, 2, 10]), (bytes) => decodeSvhn(bytes, 'f')],
  ['MATLAB, plain', matBytes(3, 3, [1, 2, 10], false), (bytes) => decodeSvhn(bytes, 'f')],
  ['npz', npzBytes(ARRAYS), (bytes) => decodeNpz(bytes, 'f')],
];

/** Random bytes, or the valid ones cut, changed, extended, or with a stretch copied over another. */
function malform(valid: Bytes, rng: Rng): Bytes {
  const kind = rng.int(6);
  if (kind === 0) return Uint8Array.from({ length: rng.int(400) }, () => rng.int(256));
  if (kind === 1) return valid.slice(0, rng.int(valid.length));
  if (kind === 2) return bytesOf(valid, new Uint8Array(1 + rng.int(40)).fill(rng.int(256)));
  const bytes = valid.slice();
  if (kind === 3) bytes.copyWithin(rng.int(bytes.length), rng.int(bytes.length), rng.int(bytes.length));
  // Headers hold what is worth attacking, so half of the changes go there.
  const reach = kind === 4 ? Math.min(200, bytes.length) : bytes.length;
  for (let flips = 1 + rng.int(4); flips > 0; flips--) {
    const at = rng.next() < 0.5 ? rng.int(reach) : bytes.length - 1 - rng.int(reach);
    bytes[at] = rng.next() < 0.5 ? bytes[at] ^ (1 << rng.int(8)) : [0, 255, 127, 128][rng.int(4)];
  }
  return bytes;
}

describe.each(READERS)('malformed bytes: %s', (_name, valid, read) => {
  it('end in a result or in words for the user, nothing else, 3000 times', () => {
    const rng = createRng(1, 'malformed');
    let refused = 0;
    expect(() => read(valid)).not.toThrow();
    for (let i = 0; i < 3000; i++) {
      const bytes = malform(valid, rng);
      try {
        read(bytes);
      } catch (error) {
        if (!(error instanceof CellsmithError))
          throw new Error(`round ${i}: ${String(error)}`, { cause: error });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(500);
  });

  it('take little memory, whatever sizes they claim', () => {
    const rng = createRng(2, 'malformed');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let i = 0; i < 500; i++) {
      try {
        read(malform(valid, rng));
      } catch (error) {
        expect(error).toBeInstanceOf(CellsmithError);
      }
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(most).toBeLessThan(200e6);
  });
});

describe('bombs', () => {
  const message = async (act: () => unknown): Promise<string> => (await failure(act)).message;

  it('in gzip are refused by their claim, or once they exceed it', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(50e6)));
    const claim = new DataView(bomb.buffer, bomb.length - 4);
    claim.setUint32(0, 0xffffffff, true);
    expect(await message(() => decodeIdxPair(bomb, 'f', LABELS, 'l'))).toContain('cannot hold');
    claim.setUint32(0, 100, true);
    expect(await message(() => decodeIdxPair(bomb, 'f', LABELS, 'l'))).toContain('more than the 100 bytes');
  });

  it('in zip are refused alike', async () => {
    const bomb = npzBytes({ x_train: new Uint8Array(50e6), y_train: ARRAYS.y_train });
    const view = new DataView(bomb.buffer);
    // The size of the first member in the list at the end: its first entry follows the last member's data.
    const end = bomb.length - 22;
    const entry = view.getUint32(end + 16, true);
    view.setUint32(entry + 24, 0x7fffffff, true);
    expect(await message(() => decodeNpz(bomb, 'f'))).toContain('cannot hold');
    view.setUint32(entry + 24, 100, true);
    expect(await message(() => decodeNpz(bomb, 'f'))).toContain('more than the 100 bytes');
  });

  it('of dimensions are refused before anything is made for them', async () => {
    const huge = idxBytes([0xffffffff, 0xffffffff, 0xffffffff], [1]);
    expect(await message(() => decodeIdxPair(huge, 'f', LABELS, 'l'))).toContain('1 follow');
    const array = npyBytes('|u1', [4294967295, 4294967295], Uint8Array.of(1));
    expect(await message(() => decodeNpz(npzBytes({ images: array }), 'f'))).toContain(
      'do not fill its 1 bytes',
    );
  });
});
