import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackGzip, unpackTar } from '../../../headless/host/unpack.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import type { TarEntry } from '../../helpers/tarBytes.ts';
import { tarGz } from '../../helpers/tarBytes.ts';

const GOOD: readonly TarEntry[] = [
  { path: 'set/', type: '5' },
  { path: 'set/a.bin', content: Uint8Array.of(1, 2, 3) },
  { path: 'set/deep/b.bin', content: new Uint8Array(2000).fill(7) },
  { path: 'readme.txt', content: Uint8Array.of(65) },
];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-unpack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function unpack(entries: readonly TarEntry[] | Uint8Array, mostBytes = 10_000): Promise<void> {
  const archive = join(folder, 'archive.tar.gz');
  await writeFile(archive, entries instanceof Uint8Array ? entries : tarGz(entries));
  await mkdir(join(folder, 'into'), { recursive: true });
  await unpackTar(archive, join(folder, 'into'), 'set', mostBytes);
}

describe('unpacking a tar.gz', () => {
  it('puts the wanted folder in place of an old one, and nothing else', async () => {
    await mkdir(join(folder, 'into', 'set'), { recursive: true });
    await writeFile(join(folder, 'into', 'set', 'old.bin'), '');
    await unpack(GOOD);
    expect(await readdir(join(folder, 'into'))).toEqual(['set']);
    expect((await readdir(join(folder, 'into', 'set'))).sort()).toEqual(['a.bin', 'deep']);
    expect(await readFile(join(folder, 'into', 'set', 'a.bin'))).toEqual(Buffer.from([1, 2, 3]));
  });

  it.each<readonly [string, TarEntry]>([
    ['an absolute path', { path: '/tmp/cellsmith-evil', content: Uint8Array.of(1) }],
    ['a path that leads out', { path: 'set/../../evil', content: Uint8Array.of(1) }],
    ['a path that leads out on Windows', { path: 'set\\..\\..\\evil', content: Uint8Array.of(1) }],
    ['a drive', { path: 'C:/evil', content: Uint8Array.of(1) }],
    ['a symbolic link', { path: 'set/link', type: '2', link: '/etc/passwd' }],
    ['a hard link', { path: 'set/link', type: '1', link: 'set/a.bin' }],
    ['a device', { path: 'set/device', type: '3' }],
  ])('refuses %s and writes nothing', async (_name, evil) => {
    const { code, message } = await failure(() => unpack([...GOOD, evil]));
    expect(code).toBe('bad-archive');
    expect(message).toContain(JSON.stringify(evil.path));
    expect(await readdir(join(folder, 'into'))).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(['archive.tar.gz', 'into']);
  });

  it('refuses more bytes than expected, a missing folder, and damage', async () => {
    expect((await failure(() => unpack(GOOD, 2000))).message).toContain('2000 bytes');
    expect((await failure(() => unpack(GOOD.slice(3)))).message).toContain('no folder set');
    const whole = tarGz(GOOD);
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      new Uint8Array(3000).fill(9),
      new Uint8Array(0),
    ]) {
      expect(await failure(() => unpack(bytes))).toMatchObject({ code: 'bad-archive' });
    }
    const changed = Uint8Array.from(whole);
    changed[whole.length - 6] ^= 255;
    expect(await failure(() => unpack(changed))).toMatchObject({ code: 'bad-archive' });
    expect(await readdir(join(folder, 'into'))).toEqual([]);
  });
});

describe('unpacking a gz', () => {
  it('gives the file, or refuses damage and too many bytes and leaves nothing', async () => {
    const archive = join(folder, 'a.gz');
    const target = join(folder, 'a');
    await writeFile(archive, gzipSync(new Uint8Array(5000).fill(3)));
    expect(await failure(() => unpackGzip(archive, target, 4999))).toMatchObject({ code: 'bad-archive' });
    expect(await readdir(folder)).toEqual(['a.gz']);
    await unpackGzip(archive, target, 5000);
    expect(await readFile(target)).toEqual(Buffer.alloc(5000, 3));
    await writeFile(archive, gzipSync(new Uint8Array(5000)).subarray(0, 20));
    expect(await failure(() => unpackGzip(archive, join(folder, 'b'), 5000))).toMatchObject({
      code: 'bad-archive',
    });
    expect((await readdir(folder)).sort()).toEqual(['a', 'a.gz']);
  });
});
