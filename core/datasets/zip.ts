/** Reads members of a zip archive, as far as NumPy writes them: stored or deflated, below 4 GiB, not encrypted. */
import { crc32 } from './checksums.ts';
import { damaged, shorten } from './dataErrors.ts';
import { inflateExactly } from './inflate.ts';

export interface ZipMember {
  readonly name: string;
  /** Unpacked bytes, as the archive says. */
  readonly size: number;
  /** Unpacks and checks it. @throws CellsmithError `damaged-data` */
  read(): Uint8Array<ArrayBuffer>;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 65535;
const STORED = 0;
const DEFLATED = 8;

/** The archive's list of members; nothing is unpacked yet. @throws CellsmithError `damaged-data` */
export function listZip(bytes: Uint8Array, file: string): readonly ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view, file);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const members: ZipMember[] = [];
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) {
      throw damaged(file, `entry ${i + 1} of ${count} of the archive's list is not where it should be`);
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength));
    members.push(member(bytes, view, at, name, file));
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

function findEnd(view: DataView, file: string): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged(file, 'it has no list of members, so it is no whole zip archive');
}

function member(bytes: Uint8Array, view: DataView, entry: number, name: string, file: string): ZipMember {
  const flags = view.getUint16(entry + 8, true);
  const method = view.getUint16(entry + 10, true);
  const checksum = view.getUint32(entry + 16, true);
  const packedSize = view.getUint32(entry + 20, true);
  const size = view.getUint32(entry + 24, true);
  const local = view.getUint32(entry + 42, true);
  const label = `${file} (member '${shorten(name)}')`;
  return {
    name,
    size,
    read() {
      if (flags & 1) throw damaged(label, 'it is encrypted');
      if (packedSize === 0xffffffff || size === 0xffffffff) throw damaged(label, 'it is larger than 4 GiB');
      if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== LOCAL) {
        throw damaged(label, 'it is not where the archive says');
      }
      const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      if (start + packedSize > bytes.length) {
        throw damaged(label, `it should end at byte ${start + packedSize}, but there are ${bytes.length}`);
      }
      const data = unpack(bytes.subarray(start, start + packedSize), method, size, label);
      if (crc32(data) !== checksum) throw damaged(label, 'its checksum is wrong');
      return data;
    },
  };
}

function unpack(packed: Uint8Array, method: number, size: number, label: string): Uint8Array<ArrayBuffer> {
  if (method === DEFLATED) return inflateExactly(packed, size, label);
  if (method !== STORED) throw damaged(label, `it is packed by method ${method}; only deflate is read`);
  if (packed.length !== size)
    throw damaged(label, `it is not packed, yet ${packed.length} is not ${size} bytes`);
  return new Uint8Array(packed);
}
