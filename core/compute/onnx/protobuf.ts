/** Writes protocol buffers: varints, length-delimited fields and messages within messages. */

const encoder = new TextEncoder();

export interface ProtoWriter {
  /** A signed or unsigned integer field (varint). */
  int(field: number, value: number): ProtoWriter;
  float(field: number, value: number): ProtoWriter;
  text(field: number, value: string): ProtoWriter;
  bytes(field: number, value: Uint8Array): ProtoWriter;
  message(field: number, value: ProtoWriter): ProtoWriter;
  /** What was written so far; valid until more is written. */
  written(): Uint8Array;
  finish(): Uint8Array<ArrayBuffer>;
}

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;

const FIRST_SIZE = 64;
const LARGEST_SMALL = 2 ** 31 - 1;

export function protoWriter(): ProtoWriter {
  let buffer = new Uint8Array(FIRST_SIZE);
  let length = 0;

  /** Makes room for more bytes. */
  const reserve = (count: number): void => {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * buffer.length, length + count));
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  };
  const push = (bytes: Uint8Array): void => {
    reserve(bytes.length);
    buffer.set(bytes, length);
    length += bytes.length;
  };
  const varint = (value: number): void => {
    reserve(10);
    if (value >= 0 && value <= LARGEST_SMALL) {
      let rest = value;
      for (; rest > 127; rest >>>= 7) buffer[length++] = (rest & 127) | 128;
      buffer[length++] = rest;
      return;
    }
    // Negative numbers are written as 64-bit two's complement.
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) buffer[length++] = Number(rest & 127n) | 128;
    buffer[length++] = Number(rest);
  };
  const tag = (field: number, wire: number): void => varint(field * 8 + wire);

  const writer: ProtoWriter = {
    int(field, value) {
      tag(field, VARINT);
      varint(value);
      return writer;
    },
    float(field, value) {
      tag(field, FIXED32);
      reserve(4);
      new DataView(buffer.buffer).setFloat32(length, value, true);
      length += 4;
      return writer;
    },
    text: (field, value) => writer.bytes(field, encoder.encode(value)),
    bytes(field, value) {
      tag(field, DELIMITED);
      varint(value.length);
      push(value);
      return writer;
    },
    message: (field, value) => writer.bytes(field, value.written()),
    written: () => buffer.subarray(0, length),
    finish: () => buffer.slice(0, length),
  };
  return writer;
}
