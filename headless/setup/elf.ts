/** Shared libraries for Linux: what one asks for, and the writing of one that only asks for others. */
import { open } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError } from '../host/diskErrors.ts';

const HEADER = 64;
const PROGRAM_HEADER = 56;
const X64 = 62;
const [LOAD, DYNAMIC, STACK] = [1, 2, 0x6474e551];
const [READ_WRITE, PAGE] = [6, 0x1000];
const TAG = {
  end: 0,
  needed: 1,
  hash: 4,
  strings: 5,
  symbols: 6,
  stringBytes: 10,
  symbolBytes: 11,
  name: 14,
  path: 15,
  flags: 0x6ffffffb,
} as const;
const [ENTRY, SYMBOL, HASH] = [16, 24, 16];
/** Stays in the process, and what it asked for too, after whoever loaded it has closed it. */
const STAYS = 8;

interface Segment {
  readonly type: number;
  readonly at: number;
  readonly address: number;
  readonly bytes: number;
}

/**
 * The names of the libraries that one asks for (DT_NEEDED), in its order.
 * @param path a library that `expectLibrary` has let through
 * @throws CellsmithError `wrong-library` where it cannot be read as one
 */
export async function neededLibraries(path: string): Promise<readonly string[]> {
  try {
    const file = await open(path, 'r');
    try {
      const read = async (at: number, count: number): Promise<Buffer> => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, at);
        return buffer.subarray(0, bytesRead);
      };
      return await neededIn(read);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw diskError(error, 'read', path);
    throw new CellsmithError(
      'wrong-library',
      `${path} cannot be used: its list of what it needs is damaged.`,
      'Get it again.',
    );
  }
}

async function neededIn(read: (at: number, count: number) => Promise<Buffer>): Promise<readonly string[]> {
  const head = await read(0, HEADER);
  const [from, size, count] = [number64(head, 32), head.readUInt16LE(54), head.readUInt16LE(56)];
  const table = await read(from, size * count);
  const segments = Array.from({ length: count }, (_, i): Segment => {
    const at = i * size;
    return {
      type: table.readUInt32LE(at),
      at: number64(table, at + 8),
      address: number64(table, at + 16),
      bytes: number64(table, at + 32),
    };
  });
  const dynamic = segments.find(({ type }) => type === DYNAMIC);
  if (dynamic === undefined) return [];
  const list = await read(dynamic.at, dynamic.bytes);
  const entries: (readonly [tag: number, value: number])[] = [];
  for (let at = 0; at + ENTRY <= list.length; at += ENTRY) {
    const tag = number64(list, at);
    if (tag === TAG.end) break;
    entries.push([tag, number64(list, at + 8)]);
  }
  const value = (wanted: number): number => entries.find(([tag]) => tag === wanted)?.[1] ?? 0;
  const address = value(TAG.strings);
  const place = segments.find(
    (segment) =>
      segment.type === LOAD && address >= segment.address && address < segment.address + segment.bytes,
  );
  if (place === undefined) throw new RangeError('no names');
  const strings = await read(place.at + address - place.address, value(TAG.stringBytes));
  return entries
    .filter(([tag]) => tag === TAG.needed)
    .map(([, at]) => {
      const end = strings.indexOf(0, at);
      if (end <= at) throw new RangeError('a name is missing');
      return strings.toString('latin1', at, end);
    });
}

/** Addresses and sizes of files of this world fit. */
function number64(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

/**
 * A library without code, for x64: whoever loads it has the libraries that it names, found in its folders first, then as the
 * system finds them. They stay in the process.
 * @param needed names, such as `libcudart.so.12`, in the order of loading
 * @param folders absolute, or with `$ORIGIN` for its own
 */
export function libraryThatNeeds(
  name: string,
  needed: readonly string[],
  folders: readonly string[],
): Buffer {
  const path = folders.join(':');
  const offsets = new Map<string, number>();
  let text = '\0';
  for (const word of [name, path, ...needed]) {
    offsets.set(word, Buffer.byteLength(text));
    text += `${word}\0`;
  }
  const strings = Buffer.from(text);
  const offset = (word: string): number => offsets.get(word) ?? 0;
  const dynamicAt = HEADER + 3 * PROGRAM_HEADER;
  const dynamicBytes = ENTRY * (needed.length + 9);
  const symbolsAt = dynamicAt + dynamicBytes;
  const hashAt = symbolsAt + SYMBOL;
  const stringsAt = hashAt + HASH;
  const dynamic: readonly (readonly [tag: number, value: number])[] = [
    ...needed.map((word) => [TAG.needed, offset(word)] as const),
    [TAG.name, offset(name)],
    [TAG.path, offset(path)],
    [TAG.hash, hashAt],
    [TAG.strings, stringsAt],
    [TAG.stringBytes, strings.length],
    [TAG.symbols, symbolsAt],
    [TAG.symbolBytes, SYMBOL],
    [TAG.flags, STAYS],
    [TAG.end, 0],
  ];
  const bytes = Buffer.alloc(stringsAt + strings.length);
  writeHeader(bytes);
  writeSegment(bytes, 0, LOAD, 0, bytes.length, PAGE);
  writeSegment(bytes, 1, DYNAMIC, dynamicAt, dynamicBytes, 8);
  // Without it, loaders take it for a library that wants to execute its stack.
  writeSegment(bytes, 2, STACK, 0, 0, 16);
  dynamic.forEach((pair, i) =>
    pair.forEach((value, k) => bytes.writeBigUInt64LE(BigInt(value), dynamicAt + ENTRY * i + 8 * k)),
  );
  // One bucket, one symbol, which is none.
  bytes.writeUInt32LE(1, hashAt);
  bytes.writeUInt32LE(1, hashAt + 4);
  strings.copy(bytes, stringsAt);
  return bytes;
}

function writeHeader(bytes: Buffer): void {
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeUInt16LE(3, 16);
  bytes.writeUInt16LE(X64, 18);
  bytes.writeUInt32LE(1, 20);
  bytes.writeBigUInt64LE(BigInt(HEADER), 32);
  bytes.writeUInt16LE(HEADER, 52);
  bytes.writeUInt16LE(PROGRAM_HEADER, 54);
  bytes.writeUInt16LE(3, 56);
  bytes.writeUInt16LE(HEADER, 58);
}

function writeSegment(bytes: Buffer, i: number, type: number, at: number, size: number, align: number): void {
  const start = HEADER + PROGRAM_HEADER * i;
  bytes.writeUInt32LE(type, start);
  bytes.writeUInt32LE(READ_WRITE, start + 4);
  [at, at, at, size, size, align].forEach((value, k) =>
    bytes.writeBigUInt64LE(BigInt(value), start + 8 + 8 * k),
  );
}
