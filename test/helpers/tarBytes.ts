/** Tar archives byte by byte, so that tests can hold what no tar program would write. */
import { gzipSync } from 'node:zlib';

export interface TarEntry {
  readonly path: string;
  /** '0' file, '1' hard link, '2' symbolic link, '5' folder. */
  readonly type?: string;
  readonly content?: Uint8Array;
  readonly link?: string;
}

const BLOCK = 512;

export function tarGz(entries: readonly TarEntry[]): Uint8Array {
  const blocks = entries.flatMap((entry) => {
    const content = entry.content ?? new Uint8Array(0);
    const padding = (BLOCK - (content.length % BLOCK)) % BLOCK;
    return [header(entry, content.length), content, new Uint8Array(padding)];
  });
  return gzipSync(Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]));
}

function header({ path, type = '0', link = '' }: TarEntry, size: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(link, 157);
  block.write('ustar\0' + '00', 257);
  const sum = block.reduce((a, b) => a + b, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
