/** Writes protocol buffers: varints, length-delimited fields and messages within messages. */

const encoder = new TextEncoder();

export interface ProtoWriter {
  /** A signed or unsigned integer field (varint). */
  int(field: number, value: number): ProtoWriter;
  float(field: number, value: number): ProtoWriter;
  text(field: number, value: string): ProtoWriter;
  bytes(field: number, value: Uint8Array): ProtoWriter;
  message(field: number, value: ProtoWriter): ProtoWriter;
  readonly length: number;
  /** Visits the parts in order. */
  parts(): readonly Uint8Array[];
  finish(): Uint8Array<ArrayBuffer>;
}

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  // Negative numbers are written as 64-bit two's complement.
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export function protoWriter(): ProtoWriter {
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (bytes: Uint8Array): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  const tag = (field: number, wire: number): void => push(varint(field * 8 + wire));
  const writer: ProtoWriter = {
    int(field, value) {
      tag(field, VARINT);
      push(varint(value));
      return writer;
    },
    float(field, value) {
      tag(field, FIXED32);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value, true);
      push(bytes);
      return writer;
    },
    text: (field, value) => writer.bytes(field, encoder.encode(value)),
    bytes(field, value) {
      tag(field, DELIMITED);
      push(varint(value.length));
      push(value);
      return writer;
    },
    message(field, value) {
      tag(field, DELIMITED);
      push(varint(value.length));
      for (const part of value.parts()) push(part);
      return writer;
    },
    get length() {
      return length;
    },
    parts: () => parts,
    finish() {
      const bytes = new Uint8Array(length);
      let offset = 0;
      for (const part of parts) {
        bytes.set(part, offset);
        offset += part.length;
      }
      return bytes;
    },
  };
  return writer;
}
