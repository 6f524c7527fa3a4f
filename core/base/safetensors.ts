/** Named tensors as bytes in the safetensors format, which Python reads too. Only F32 and I32. */
import { z } from 'zod';
import { duplicateKey } from './duplicateKeys.ts';
import { assert, CellsmithError } from './errors.ts';

/** A tensor in host memory, row-major; the same shape as a compute HostTensor. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly data: Float32Array | Int32Array;
}

export type StoredTensors = Readonly<Record<string, StoredTensor>>;

export interface Safetensors {
  readonly tensors: StoredTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = '__metadata__';
const PREFIX = 8;
const ITEM = 4;
/** Room for some 10⁵ tensors; more would only let a damaged file fill the memory. */
const LARGEST_HEADER = 16 * 2 ** 20;

const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/**
 * The file: a little-endian u64 header length, a JSON header padded with spaces to a multiple of 8, raw data.
 * Tensors keep the order of `tensors`; equal input gives equal bytes. @returns bytes owned by the caller
 */
export function encodeSafetensors(
  tensors: StoredTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  assert(isLittleEndian(), () => 'safetensors: this machine is not little-endian');
  let end = 0;
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[METADATA, metadata]] : [];
  for (const [name, tensor] of Object.entries(tensors)) {
    assert(name !== METADATA, () => `safetensors: '${METADATA}' cannot name a tensor`);
    assert(tensor.data.length === product(tensor.shape), () => {
      return `safetensors: '${name}' has shape [${tensor.shape.join(', ')}] but ${tensor.data.length} values`;
    });
    assert(tensor.data instanceof Int32Array === (tensor.dtype === 'int32'), () => {
      return `safetensors: '${name}' says ${tensor.dtype} but holds other data`;
    });
    const begin = end;
    end += tensor.data.byteLength;
    const dtype = tensor.dtype === 'int32' ? 'I32' : 'F32';
    header.push([name, { dtype, shape: tensor.shape, data_offsets: [begin, end] }]);
  }
  const json = JSON.stringify(Object.fromEntries(header));
  const text = new TextEncoder().encode(json);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(PREFIX + headerLength + end);
  new DataView(bytes.buffer).setUint32(0, headerLength, true);
  bytes.fill(0x20, PREFIX, PREFIX + headerLength);
  bytes.set(text, PREFIX);
  let offset = PREFIX + headerLength;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a file back, trusting nothing in it: every byte of data must belong to exactly one tensor.
 * @param name the file's, for messages
 * @returns tensors with data of their own, as many bytes as the file's. Throws `bad-safetensors`.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Safetensors {
  assert(isLittleEndian(), () => 'safetensors: this machine is not little-endian');
  const { header, dataStart } = readHeader(bytes, name);
  const { [METADATA]: metadata, ...rest } = header;
  const spans = Object.entries(rest).map(([key, value]) => readSpan(key, value, name));
  checkSpans(spans, bytes.length - dataStart, name);
  const tensors = spans.map(({ key, begin, end, dtype, shape }): [string, StoredTensor] => {
    const data = new Uint8Array(end - begin);
    data.set(bytes.subarray(dataStart + begin, dataStart + end));
    return dtype === 'F32'
      ? [key, { shape, dtype: 'float32', data: new Float32Array(data.buffer) }]
      : [key, { shape, dtype: 'int32', data: new Int32Array(data.buffer) }];
  });
  return { tensors: Object.fromEntries(tensors), metadata: readMetadata(metadata, name) };
}

function readHeader(bytes: Uint8Array, name: string): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < PREFIX) throw bad(name, `it has ${bytes.length} bytes, too few to be one`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, PREFIX);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  if (length > bytes.length - PREFIX) {
    throw bad(name, `its header should take ${length} bytes, but only ${bytes.length - PREFIX} follow`);
  }
  if (length > LARGEST_HEADER) throw bad(name, `its header of ${length} bytes is larger than any we read`);
  const dataStart = PREFIX + length;
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(PREFIX, dataStart));
    header = JSON.parse(text);
  } catch {
    throw bad(name, 'its header is not JSON');
  }
  const entries = entriesOf(header);
  if (entries === undefined) throw bad(name, 'its header is not a JSON object');
  const twice = duplicateKey(text);
  if (twice !== undefined) throw bad(name, `its header names '${shorten(twice)}' twice`);
  return { header: Object.fromEntries(entries), dataStart };
}

interface Span {
  readonly key: string;
  readonly dtype: 'F32' | 'I32';
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readSpan(key: string, value: unknown, name: string): Span {
  const entry = Entry.safeParse(value);
  const label = shorten(key);
  if (!entry.success) throw bad(name, `tensor '${label}' lacks a proper dtype, shape and data_offsets`);
  const { dtype, shape } = entry.data;
  const [begin, end] = entry.data.data_offsets;
  if (dtype !== 'F32' && dtype !== 'I32') {
    throw bad(name, `tensor '${label}' has type ${shorten(dtype)}; only F32 and I32 are read`);
  }
  if (end - begin !== product(shape) * ITEM) {
    const dims = shorten(shape.join(', '));
    throw bad(name, `tensor '${label}' of shape [${dims}] does not fill bytes ${begin} … ${end}`);
  }
  return { key, dtype, shape, begin, end };
}

function checkSpans(spans: readonly Span[], dataLength: number, name: string): void {
  let covered = 0;
  for (const { key, begin, end } of spans.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    const place = `tensor '${shorten(key)}' lies at ${begin} … ${end}`;
    if (end > dataLength) throw bad(name, `${place}, but there are ${dataLength} bytes of data`);
    if (begin < covered) throw bad(name, `${place} and overlaps another`);
    if (begin > covered) throw bad(name, `${place}, which leaves a gap at ${covered}`);
    covered = end;
  }
  if (covered !== dataLength) throw bad(name, `${dataLength - covered} bytes at its end belong to no tensor`);
}

function readMetadata(value: unknown, name: string): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  // Pairs keep any name; a record loses `__proto__`.
  const pairs = z.array(z.tuple([z.string(), z.string()])).safeParse(entriesOf(value));
  if (!pairs.success) throw bad(name, `its ${METADATA} is not a table of strings`);
  return Object.fromEntries(pairs.data);
}

/** @returns undefined for what is no JSON object */
function entriesOf(value: unknown): [string, unknown][] | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value) : undefined;
}

function bad(name: string, what: string): CellsmithError {
  return new CellsmithError(
    'bad-safetensors',
    `${name} is not a whole safetensors file: ${what}.`,
    'The file is cut short, damaged or of another kind. Copy it again from its source or use another.',
  );
}

function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}
