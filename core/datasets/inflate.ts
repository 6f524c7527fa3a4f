/** Unpacks gzip, zlib and raw deflate data without ever taking more memory than the data say and could fill. */
import { Inflate } from 'fflate';
import { adler32, crc32 } from './checksums.ts';
import { damaged } from './dataErrors.ts';

/** Deflate cannot pack more than so many bytes into one. */
const LARGEST_RATIO = 1032;
/** What we unpack in one piece at most; the largest published set we read takes 0.23 GB. */
const LARGEST_RESULT = 2 ** 31 - 1;
/** Small, so that a hostile piece grows to at most 17 MB before it is noticed. */
const PIECE = 16 * 1024;

/** Raw deflate data that must give `size` bytes. @throws CellsmithError `damaged-data` */
export function inflateExactly(packed: Uint8Array, size: number, file: string): Uint8Array<ArrayBuffer> {
  checkSize(packed, size, file);
  const result = new Uint8Array(size);
  let filled = 0;
  inflatePieces(packed, file, (piece) => {
    if (filled + piece.length > size) {
      throw damaged(file, `more than the ${size} bytes it names are packed in it`);
    }
    result.set(piece, filled);
    filled += piece.length;
    return true;
  });
  if (filled !== size) throw damaged(file, `it should unpack to ${size} bytes, but only ${filled} are in it`);
  return result;
}

/** At most the first `size` bytes of raw deflate data, for reading what size the rest has. */
export function inflateHead(packed: Uint8Array, size: number, file: string): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(size);
  let filled = 0;
  inflatePieces(packed, file, (piece) => {
    const part = piece.subarray(0, size - filled);
    result.set(part, filled);
    filled += part.length;
    return filled < size;
  });
  return result.subarray(0, filled);
}

/** A gzip file with one member. */
export function gunzip(bytes: Uint8Array, file: string): Uint8Array<ArrayBuffer> {
  const start = gzipHeaderLength(bytes, file);
  const end = bytes.length - 8;
  if (end < start) throw damaged(file, 'it ends within the gzip header');
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, 8);
  const result = inflateExactly(bytes.subarray(start, end), trailer.getUint32(4, true), file);
  if (crc32(result) !== trailer.getUint32(0, true)) throw damaged(file, 'its gzip checksum is wrong');
  return result;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Zlib data (RFC 1950) that must give `sizeOf(head)` bytes, where head is up to the first 8. */
export function unzlib(
  bytes: Uint8Array,
  sizeOf: (head: Uint8Array) => number,
  file: string,
): Uint8Array<ArrayBuffer> {
  const isZlib =
    bytes.length >= 6 && (bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0 && !(bytes[1] & 32);
  if (!isZlib) throw damaged(file, 'a packed part has no zlib header');
  const packed = bytes.subarray(2, bytes.length - 4);
  const result = inflateExactly(packed, sizeOf(inflateHead(packed, 8, file)), file);
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0);
  if (adler32(result) !== sum) throw damaged(file, 'its zlib checksum is wrong');
  return result;
}

function checkSize(packed: Uint8Array, size: number, file: string): void {
  if (size > packed.length * LARGEST_RATIO + LARGEST_RATIO) {
    throw damaged(file, `${packed.length} packed bytes cannot hold the ${size} that it names`);
  }
  if (size > LARGEST_RESULT)
    throw damaged(file, `it unpacks to ${size} bytes, more than we read in one piece`);
}

/** Calls `take` with each unpacked piece until it returns false. */
function inflatePieces(packed: Uint8Array, file: string, take: (piece: Uint8Array) => boolean): void {
  let pending: Uint8Array[] = [];
  const stream = new Inflate((piece) => pending.push(piece));
  let wanted = true;
  for (let start = 0; start < packed.length && wanted; start += PIECE) {
    const end = Math.min(start + PIECE, packed.length);
    try {
      stream.push(packed.subarray(start, end), end === packed.length);
    } catch {
      throw damaged(file, 'its packed data make no sense');
    }
    wanted = pending.every(take);
    pending = [];
  }
}

function gzipHeaderLength(bytes: Uint8Array, file: string): number {
  if (!isGzip(bytes) || bytes[2] !== 8) throw damaged(file, 'it is no gzip file');
  const flags = bytes[3];
  let at = 10;
  const skipText = (): void => {
    while (at < bytes.length && bytes[at] !== 0) at++;
    at++;
  };
  if (flags & 4) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  if (flags & 8) skipText();
  if (flags & 16) skipText();
  if (flags & 2) at += 2;
  return at;
}
