/** Reads numeric arrays of MATLAB's version 5 files (.mat), packed with zlib or not. */
import { damaged, shorten } from './dataErrors.ts';
import { unzlib } from './inflate.ts';

export interface MatArray {
  readonly name: string;
  /** Column-major: the first index runs fastest. */
  readonly shape: readonly number[];
  readonly length: number;
  /** The value at a position in column-major order. */
  at(position: number): number;
}

const HEADER = 128;
const MATRIX = 14;
const COMPRESSED = 15;
const UINT32 = 6;
const INT32 = 5;
const INT8 = 1;
/** Numeric storage types: bytes an item and how to read one. */
const NUMBERS: Readonly<Record<number, { bytes: number; read(view: DataView, at: number): number }>> = {
  1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { bytes: 1, read: (view, at) => view.getUint8(at) },
  3: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  4: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  7: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  9: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

/** All numeric arrays of a file; other variables are passed over. @throws CellsmithError `damaged-data` */
export function decodeMat(bytes: Uint8Array, file: string): readonly MatArray[] {
  // 'IM' as MATLAB writes it on little-endian machines; before it the version.
  const isMat = bytes.length >= HEADER && bytes[126] === 0x49 && bytes[127] === 0x4d && bytes[125] === 1;
  if (!isMat) throw damaged(file, 'it is no MATLAB file of version 5 with little-endian numbers');
  const arrays: MatArray[] = [];
  let at = HEADER;
  while (at < bytes.length) {
    const element = readElement(bytes, at, file);
    at = element.type === COMPRESSED ? element.end : padded(element.end);
    const array = readVariable(element, file);
    if (array !== undefined) arrays.push(array);
  }
  return arrays;
}

interface Element {
  readonly type: number;
  readonly data: Uint8Array;
  /** Where the data end, before padding. */
  readonly end: number;
}

function readElement(bytes: Uint8Array, at: number, file: string): Element {
  if (at + 8 > bytes.length) throw damaged(file, `it ends within the tag at byte ${at}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = view.getUint32(at, true);
  if (word >>> 16 !== 0) {
    const size = word >>> 16;
    if (size > 4) throw damaged(file, `a small element at byte ${at} claims ${size} bytes`);
    return { type: word & 0xffff, data: bytes.subarray(at + 4, at + 4 + size), end: at + 8 };
  }
  const size = view.getUint32(at + 4, true);
  const end = at + 8 + size;
  if (end > bytes.length) {
    throw damaged(file, `an element at byte ${at} should end at ${end}, but there are ${bytes.length} bytes`);
  }
  return { type: word, data: bytes.subarray(at + 8, end), end };
}

function padded(at: number): number {
  return Math.ceil(at / 8) * 8;
}

function readVariable(element: Element, file: string): MatArray | undefined {
  if (element.type === MATRIX) return readMatrix(element.data, file);
  if (element.type !== COMPRESSED) return undefined;
  const unpacked = unzlib(
    element.data,
    (head) => {
      if (head.length < 8) throw damaged(file, 'a packed variable is empty');
      return 8 + new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    },
    file,
  );
  const inner = readElement(unpacked, 0, file);
  return inner.type === MATRIX ? readMatrix(inner.data, file) : undefined;
}

function readMatrix(bytes: Uint8Array, file: string): MatArray | undefined {
  let at = 0;
  const next = (): Element => {
    const element = readElement(bytes, at, file);
    // Padding follows whole elements from the start of the matrix, whose place in the file is a multiple of 8.
    at = padded(element.end);
    return element;
  };
  const flags = next();
  const dimensions = next();
  const label = next();
  if (flags.type !== UINT32 || dimensions.type !== INT32 || label.type !== INT8) {
    throw damaged(file, 'a variable lacks flags, dimensions or name');
  }
  const name = new TextDecoder().decode(label.data);
  const values = next();
  const number = NUMBERS[values.type];
  if (number === undefined) return undefined;
  const sizes = new DataView(dimensions.data.buffer, dimensions.data.byteOffset, dimensions.data.length);
  const shape = Array.from({ length: dimensions.data.length >> 2 }, (_, i) => sizes.getInt32(4 * i, true));
  const length = shape.reduce((a, b) => a * b, 1);
  if (shape.some((size) => size < 0) || length * number.bytes !== values.data.length) {
    const said = `${shorten(shape.join('×'))} values of ${number.bytes} bytes`;
    throw damaged(
      file,
      `variable '${shorten(name)}' of ${said} does not fill its ${values.data.length} bytes`,
    );
  }
  const view = new DataView(values.data.buffer, values.data.byteOffset, values.data.length);
  return { name, shape, length, at: (position) => number.read(view, position * number.bytes) };
}
