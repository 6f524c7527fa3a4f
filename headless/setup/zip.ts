/** Reads single files out of zip archives without unpacking the rest: wheels hold thousands. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { diskError, systemCode } from '../host/diskErrors.ts';
import { badArchive } from '../host/unpack.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  /** In the archive. */
  readonly packed: number;
  readonly isDeflated: boolean;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const [END_BYTES, MOST_COMMENT, LOCAL_BYTES, CENTRAL_BYTES] = [22, 0xffff, 30, 46];
/** Written where the true number stands elsewhere (zip64). */
const ELSEWHERE = 0xffffffff;

/** @throws CellsmithError `bad-archive`, `not-found` */
export async function listZip(path: string): Promise<readonly ZipEntry[]> {
  return reading(path, async (file) => {
    const { size } = await file.stat();
    const tail = await bytesAt(file, Math.max(0, size - END_BYTES - MOST_COMMENT), size);
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06'));
    if (end < 0 || tail.readUInt32LE(end) !== END) throw badArchive(path, 'its end is missing');
    const [count, bytes, from] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (from === ELSEWHERE || from + bytes > size) throw badArchive(path, 'its list of files is missing');
    return entriesOf(path, await bytesAt(file, from, from + bytes), count);
  });
}

function entriesOf(path: string, list: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count || at < list.length;) {
    if (at + CENTRAL_BYTES > list.length || list.readUInt32LE(at) !== CENTRAL)
      throw badArchive(path, 'its list of files is damaged');
    const [method, packed, bytes] = [
      list.readUInt16LE(at + 10),
      list.readUInt32LE(at + 20),
      list.readUInt32LE(at + 24),
    ];
    const [name, extra, comment] = [28, 30, 32].map((offset) => list.readUInt16LE(at + offset));
    entries.push({
      name: list.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + name),
      bytes,
      packed,
      isDeflated: method === 8,
      at: list.readUInt32LE(at + 42),
    });
    at += CENTRAL_BYTES + name + extra + comment;
  }
  return entries;
}

/**
 * Writes one file, making its folder.
 * @returns its SHA-256, in hexadecimal
 * @throws CellsmithError `bad-archive`, `disk-full` …
 */
export async function extractEntry(
  path: string,
  entry: ZipEntry,
  target: string,
  signal?: AbortSignal,
): Promise<string> {
  const from = await reading(path, async (file) => {
    const head = await bytesAt(file, entry.at, entry.at + LOCAL_BYTES);
    if (head.length < LOCAL_BYTES || head.readUInt32LE(0) !== LOCAL)
      throw badArchive(path, `${entry.name} is not where it should be`);
    return entry.at + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  });
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > entry.bytes) done(badArchive(path, `${entry.name} is longer than its list says`));
      else done(undefined, chunk);
    },
  });
  try {
    await mkdir(dirname(target), { recursive: true });
    const packed =
      entry.packed === 0 ? [] : [createReadStream(path, { start: from, end: from + entry.packed - 1 })];
    if (packed.length === 0) counted.end();
    const unpack = entry.isDeflated ? [createInflateRaw()] : [];
    const steps = [...packed, ...(packed.length > 0 ? unpack : []), counted, createWriteStream(target)];
    await pipeline(steps, { signal });
  } catch (error) {
    const code = systemCode(error);
    if (code?.startsWith('Z_') === true) throw badArchive(path, `${entry.name} is damaged`);
    throw diskError(error, 'write', target);
  }
  if (bytes !== entry.bytes) throw badArchive(path, `${entry.name} is cut short`);
  return hash.digest('hex');
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  try {
    const file = await open(path, 'r');
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskError(error, 'read', path);
  }
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}
