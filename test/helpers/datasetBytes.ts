/** Small data sets as bytes in the published layouts, and a folder in memory to read them from. */
import { strToU8, zipSync, zlibSync } from 'fflate';
import { CellsmithError } from '../../core/base/errors.ts';
import type { DatasetHost, ImageDecoder, SourceFiles } from '../../core/datasets/source.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export function bytesOf(...parts: readonly ArrayLike<number>[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

/** Records as in CIFAR: pixel p of channel c of image i is (i·7 + c·50 + p) mod 256. */
export function cifarBytes(labels: readonly number[], labelBytes = 1): Bytes {
  const record = labelBytes + 3072;
  const bytes = new Uint8Array(labels.length * record);
  labels.forEach((label, i) => {
    bytes[i * record + labelBytes - 1] = label;
    for (let p = 0; p < 3072; p++) {
      bytes[i * record + labelBytes + p] = i * 7 + (p >> 10) * 50 + (p & 1023);
    }
  });
  return bytes;
}

export function idxBytes(shape: readonly number[], data: ArrayLike<number>): Bytes {
  const header = new Uint8Array(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((size, i) => new DataView(header.buffer).setUint32(4 + 4 * i, size));
  return bytesOf(header, data);
}

export function npyBytes(descr: string, shape: readonly number[], data: Uint8Array, version = 1): Bytes {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = strToU8(`{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }\n`);
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  return bytesOf([0x93, ...strToU8('NUMPY'), version, 0, ...length], header, data);
}

export function npzBytes(members: Readonly<Record<string, Uint8Array>>): Bytes {
  const files = Object.entries(members).map(([name, bytes]) => [`${name}.npy`, bytes]);
  return new Uint8Array(zipSync(Object.fromEntries(files)));
}

/** An SVHN file of `labels.length` images of height × width. */
export function matBytes(height: number, width: number, labels: readonly number[], packed = true): Bytes {
  const pixels = Uint8Array.from({ length: height * width * 3 * labels.length }, (_, i) => i % 251);
  const variables = [
    matMatrix('X', [height, width, 3, labels.length], pixels),
    matMatrix('y', [labels.length, 1], Uint8Array.from(labels)),
  ];
  const header = new Uint8Array(128).fill(0x20);
  header.set([0, 1, 0x49, 0x4d], 124);
  const elements = variables.map((bytes) => {
    const packedBytes = packed ? zlibSync(bytes) : bytes;
    return packed ? bytesOf(words(15, packedBytes.length), packedBytes) : bytes;
  });
  return bytesOf(header, ...elements);
}

function matMatrix(name: string, shape: readonly number[], data: Uint8Array): Bytes {
  const body = bytesOf(
    words(6, 8, 9, 0),
    matElement(5, words(...shape)),
    matElement(1, strToU8(name)),
    matElement(2, data),
  );
  return bytesOf(words(14, body.length), body);
}

function matElement(type: number, data: ArrayLike<number>): Bytes {
  return bytesOf(words(type, data.length), data, new Uint8Array((8 - (data.length % 8)) % 8));
}

function words(...values: readonly number[]): Bytes {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** A folder in memory; paths as in SourceFiles. */
export function memorySource(tree: Readonly<Record<string, Uint8Array | string>>): SourceFiles {
  const find = (path: string): Bytes => {
    const content = tree[path];
    if (content === undefined) throw new CellsmithError('not-found', `There is no ${path}.`, 'Look again.');
    return new Uint8Array(typeof content === 'string' ? strToU8(content) : content);
  };
  return {
    root: '/memory',
    list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = Object.keys(tree).filter((path) => path.startsWith(prefix));
      const names = new Map(
        inside.map((path) => {
          const [name, ...rest] = path.slice(prefix.length).split('/');
          return [name, rest.length > 0 ? ('folder' as const) : ('file' as const)];
        }),
      );
      return Promise.resolve([...names].sort().map(([name, kind]) => ({ name, kind })));
    },
    read: async (path) => Promise.resolve(find(path)),
    size: async (path) => Promise.resolve(find(path).length),
  };
}

/** "Decodes" files whose bytes are [width, height, value]: a picture of one value. Anything else is broken. */
export const plainDecoder: ImageDecoder = {
  size(bytes) {
    const [width, height] = bytes;
    return bytes.length === 3 ? Promise.resolve({ width, height }) : Promise.reject(new Error('broken'));
  },
  decode(bytes, { width, height }) {
    const pixels = new Uint8Array(width * height * 3).fill(bytes[2]);
    return bytes.length === 3 ? Promise.resolve(pixels) : Promise.reject(new Error('broken'));
  },
};

export function memoryHost(
  tree: Readonly<Record<string, Uint8Array | string>>,
  onProgress?: DatasetHost['onProgress'],
): DatasetHost {
  const files = memorySource(tree);
  return { files: () => files, decoder: plainDecoder, ...(onProgress === undefined ? {} : { onProgress }) };
}

/** The code of the CellsmithError that `act` throws, with its message; anything else is rethrown. */
export async function failure(act: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await act();
  } catch (error) {
    if (error instanceof CellsmithError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}
