/** Reads NumPy's array files (.npy, format versions 1 to 3) of numbers. */
import { damaged, shorten } from './dataErrors.ts';

export interface NpyArray {
  /** Row-major. */
  readonly shape: readonly number[];
  readonly dtype: keyof typeof ITEM_BYTES;
  /** The value at a position in row-major order; 64-bit integers as the nearest number. */
  at(position: number): number;
  readonly length: number;
}

/** Types of NumPy after the byte order, as bytes an item. */
const ITEM_BYTES = { u1: 1, i1: 1, u2: 2, i2: 2, u4: 4, i4: 4, u8: 8, i8: 8, f2: 2, f4: 4, f8: 8 } as const;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const PATTERN =
  /^\s*\{\s*'descr':\s*'([<>|=])([a-z]\d+)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*$/;
/** NumPy's own headers take some 100 bytes. */
const LONGEST_HEADER = 4096;

/** @returns a view on `bytes`, which must not change. @throws CellsmithError `damaged-data` */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw damaged(file, 'it does not begin as a NumPy array does');
  }
  const version = bytes[6];
  if (version < 1 || version > 3)
    throw damaged(file, `it has NumPy format version ${version}; 1 to 3 are read`);
  const start = version === 1 ? 10 : 12;
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > LONGEST_HEADER || start + headerLength > bytes.length) {
    throw damaged(file, `its header should take ${headerLength} bytes`);
  }
  const header = new TextDecoder().decode(bytes.subarray(start, start + headerLength));
  const match = PATTERN.exec(header);
  if (match === null) throw damaged(file, `we cannot read its header ${shorten(header.trim())}`);
  const [, order, type, fortran, dimensions] = match;
  if (!isItem(type)) throw damaged(file, `its values have type ${type}, which is no number that we read`);
  const shape = dimensions.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]));
  const length = shape.reduce((a, b) => a * b, 1);
  const data = start + headerLength;
  if (length * ITEM_BYTES[type] !== bytes.length - data) {
    throw damaged(
      file,
      `${type} values of shape (${shorten(shape.join(', '))}) do not fill its ${bytes.length - data} bytes`,
    );
  }
  const read = reader(new DataView(bytes.buffer, bytes.byteOffset + data), type, order !== '>');
  const toStored = fortran === 'True' && shape.length > 1 ? columnMajor(shape) : undefined;
  return {
    shape,
    dtype: type,
    length,
    at: toStored === undefined ? read : (position) => read(toStored(position)),
  };
}

function isItem(type: string): type is keyof typeof ITEM_BYTES {
  return Object.hasOwn(ITEM_BYTES, type);
}

function reader(view: DataView, type: keyof typeof ITEM_BYTES, little: boolean): (i: number) => number {
  switch (type) {
    case 'u1':
      return (i) => view.getUint8(i);
    case 'i1':
      return (i) => view.getInt8(i);
    case 'u2':
      return (i) => view.getUint16(2 * i, little);
    case 'i2':
      return (i) => view.getInt16(2 * i, little);
    case 'u4':
      return (i) => view.getUint32(4 * i, little);
    case 'i4':
      return (i) => view.getInt32(4 * i, little);
    case 'u8':
      return (i) => Number(view.getBigUint64(8 * i, little));
    case 'i8':
      return (i) => Number(view.getBigInt64(8 * i, little));
    case 'f2':
      return (i) => half(view.getUint16(2 * i, little));
    case 'f4':
      return (i) => view.getFloat32(4 * i, little);
    case 'f8':
      return (i) => view.getFloat64(8 * i, little);
  }
}

/** A number of IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** From a position in row-major order to that in column-major order. */
function columnMajor(shape: readonly number[]): (position: number) => number {
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((a, b) => a * b, 1));
  return (position) => {
    let rest = position;
    let stored = 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      stored += (rest % shape[d]) * strides[d];
      rest = Math.floor(rest / shape[d]);
    }
    return stored;
  };
}
