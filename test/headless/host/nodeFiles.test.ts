import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveCheckpoint } from '../../../core/runs/checkpoint.ts';
import { openJournal } from '../../../core/runs/journal.ts';
import { loadLatestCheckpoint } from '../../../core/runs/loadCheckpoint.ts';
import { readJournal } from '../../../core/runs/readJournal.ts';
import { systemClock } from '../../../headless/host/clock.ts';
import { diskError } from '../../../headless/host/diskErrors.ts';
import { nodeFiles } from '../../../headless/host/nodeFiles.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellsmith-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('files on the disk', () => {
  it('write whole files into folders made as needed, and leave nothing beside them', async () => {
    const files = nodeFiles(join(folder, 'new', 'run'));
    expect(await files.exists('a/b/c.txt')).toBe(false);
    await files.write('a/b/c.txt', 'grüße');
    await files.write('a/b/d.bin', new Uint8Array([1, 2, 3]));
    expect(await files.readText('a/b/c.txt')).toBe('grüße');
    expect(await files.readBytes('a/b/d.bin')).toEqual(new Uint8Array([1, 2, 3]));
    await files.write('a/b/c.txt', 'new');
    expect(await files.readText('a/b/c.txt')).toBe('new');
    expect(await files.list('a/b')).toEqual(['c.txt', 'd.bin']);
    expect(await files.list('')).toEqual(['a']);
    expect(await files.list('nowhere')).toEqual([]);
    expect(await files.exists('a/b/c.txt/x')).toBe(false);
    await files.remove('a');
    await files.remove('a');
    expect(await files.list('')).toEqual([]);
  });

  it('give bytes of their own, not part of a shared buffer', async () => {
    const files = nodeFiles(folder);
    await files.write('a', new Uint8Array([1, 2]));
    expect((await files.readBytes('a')).buffer.byteLength).toBe(2);
  });

  it('append lines, cut files, and append on', async () => {
    const files = nodeFiles(folder);
    const release = await files.lock();
    await files.appendLine('log', 'one');
    await files.appendLine('log', 'two\nthree');
    expect(await files.readText('log')).toBe('one\ntwo\nthree\n');
    await files.truncate('log', 6);
    await files.appendLine('log', 'four');
    expect(await files.readText('log')).toBe('one\ntwfour\n');
    await files.write('log', 'x\n');
    await files.appendLine('log', 'y');
    expect(await files.readText('log')).toBe('x\ny\n');
    await release();
  });

  it('hide their own lock and what a crash left half-written', async () => {
    const files = nodeFiles(folder);
    const release = await files.lock();
    writeFileSync(join(folder, 'run.json.cellsmith-tmp'), '{');
    expect(existsSync(join(folder, 'run.lock'))).toBe(true);
    expect(await files.list('')).toEqual([]);
    await files.write('run.json', '{}');
    await release();
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
    expect(existsSync(join(folder, 'run.json.cellsmith-tmp'))).toBe(false);
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'a\\b', 'a\0b'])('stay in their folder: %j', async (path) => {
    const files = nodeFiles(folder);
    await expect(files.readText(path)).rejects.toMatchObject({ code: 'bad-path' });
    await expect(files.exists(path)).rejects.toMatchObject({ code: 'bad-path' });
    await expect(files.list(path)).rejects.toMatchObject({ code: 'bad-path' });
    await expect(files.write(path, 'x')).rejects.toMatchObject({ code: 'bad-path' });
    await expect(files.remove(path)).rejects.toMatchObject({ code: 'bad-path' });
  });

  it('say what is missing, in the way, or was deleted under a running run', async () => {
    const files = nodeFiles(folder);
    await expect(files.readText('a')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(join(folder, 'a')),
    });
    writeFileSync(join(folder, 'file'), '');
    await expect(files.write('file/x', '')).rejects.toMatchObject({ code: 'bad-path' });
    await expect(nodeFiles(join(folder, 'file')).lock()).rejects.toMatchObject({ code: 'bad-path' });
    const release = await files.lock();
    await files.appendLine('log', 'x');
    rmSync(join(folder, 'log'));
    await expect(files.appendLine('log', 'y')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('was deleted'),
    });
    await release();
  });

  it('keep the old content where the new cannot be put in its place', async () => {
    const files = nodeFiles(folder);
    mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(files.write('taken', 'x')).rejects.toMatchObject({ code: 'bad-path' });
    expect(existsSync(join(folder, 'taken.cellsmith-tmp'))).toBe(false);
    expect(statSync(join(folder, 'taken')).isDirectory()).toBe(true);
  });

  it('explain the errors of a disk', () => {
    const explain = (code: string) => diskError(Object.assign(new Error(code), { code }), 'write', '/r/x');
    const full = {
      code: 'disk-full',
      message: expect.stringContaining('/r/x'),
      hint: expect.stringContaining('Free'),
    };
    expect(explain('ENOSPC')).toMatchObject(full);
    expect(explain('EDQUOT')).toMatchObject(full);
    for (const code of ['EROFS', 'EACCES', 'EPERM'])
      expect(explain(code)).toMatchObject({ code: 'read-only' });
    expect(explain('EIO')).toMatchObject({ code: 'disk', message: expect.stringContaining('EIO') });
    const own = new Error('mine');
    expect(diskError(own, 'write', '/r/x')).toBe(own);
  });
});

/** A small disk of its own, where this system lets us make one. */
function smallDisk(kilobytes: number, options = ''): string | undefined {
  const path = join(folder, 'disk');
  mkdirSync(path);
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k${options}`, 'tmpfs', path]);
  return done.status === 0 ? path : undefined;
}

describe('a disk of 64 KiB', () => {
  let disk: string | undefined;
  afterEach(() => {
    // Lazily: a test that failed may have left a file open there.
    if (disk !== undefined) spawnSync('umount', ['-l', disk]);
    disk = undefined;
  });

  it('that is full fails with disk-full and loses nothing that was saved', async (context) => {
    disk = smallDisk(64);
    if (disk === undefined) {
      console.log('skipped: this user may not mount a small disk');
      context.skip();
      return;
    }
    const files = nodeFiles(disk);
    const release = await files.lock();
    const { journal } = await openJournal(files, systemClock, '0.1.0');
    const weights = (n: number) => ({
      shape: [n],
      dtype: 'float32' as const,
      data: new Float32Array(n).fill(n),
    });
    const save = (step: number, n: number) =>
      saveCheckpoint(files, journal, 'search', step, { tensors: { w: { w: weights(n) } }, state: {} });
    await save(1, 1000);
    await expect(save(2, 20_000)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining(join(disk, 'checkpoints/search-00000002/w.safetensors')),
    });
    expect(await files.list('checkpoints')).toEqual(['search-00000001']);
    // Fill what is left, so that the journal's own lines find no room.
    const long = { kind: 'warning', code: 'x', message: 'x'.repeat(3000), hint: '' } as const;
    await expect(
      (async () => {
        for (let i = 0; i < 40; i++) await journal.append(long);
      })(),
    ).rejects.toMatchObject({ code: 'disk-full' });
    const { checkpoint, warnings } = await loadLatestCheckpoint(files, await readJournal(files), 'search');
    expect(warnings).toEqual([]);
    expect(checkpoint?.tensors.w.w).toEqual(weights(1000));
    spawnSync('mount', ['-o', 'remount,size=512k', disk]);
    const before = (await readJournal(files)).length;
    await journal.append(long);
    await save(3, 20_000);
    expect((await readJournal(files)).length).toBe(before + 2);
    await journal.close();
    await release();
  });

  it('that is mounted read-only says so', async (context) => {
    disk = smallDisk(64, ',ro');
    if (disk === undefined) {
      console.log('skipped: this user may not mount a small disk');
      context.skip();
      return;
    }
    const files = nodeFiles(disk);
    await expect(files.write('a', 'x')).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('EROFS'),
    });
    await expect(files.lock()).rejects.toMatchObject({ code: 'read-only' });
    expect(await files.list('')).toEqual([]);
  });

  it('without permission says so', async (context) => {
    chmodSync(folder, 0o555);
    if (process.getuid?.() === 0) {
      console.log('skipped: the superuser may write anywhere');
      context.skip();
      return;
    }
    await expect(nodeFiles(folder).write('a', 'x')).rejects.toMatchObject({ code: 'read-only' });
    chmodSync(folder, 0o755);
  });
});
