import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryKills } from '../../../headless/host/memory.ts';
import { nodeFiles } from '../../../headless/host/nodeFiles.ts';
import { leftBehind, takeLock } from '../../../headless/host/runLock.ts';

const source = new URL('../../../headless/host/nodeFiles.ts', import.meta.url).href;
/** Takes the lock of the folder in its first argument, says so, and does what `then` says. */
const script = (then: string): string[] => [
  '--import',
  'tsx',
  '--input-type=module',
  '--eval',
  `const { nodeFiles } = await import(${JSON.stringify(source)});
   try { await nodeFiles(process.argv[1]).lock(); console.log('taken'); ${then} }
   catch (error) { console.log(error.code); }`,
];

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cellsmith-lock-'));
  lock = join(folder, 'run.lock');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const owner = (change: object): void => {
  const real = { pid: process.pid, host: hostname(), started: '', nonce: 'other' };
  writeFileSync(lock, JSON.stringify({ ...real, ...change }));
};
const take = async (): Promise<void> => (await nodeFiles(folder).lock())();

describe('the lock of a run', () => {
  it('is held until released, also against this process, and names its holder', async () => {
    const release = await nodeFiles(folder).lock();
    await expect(take()).rejects.toMatchObject({
      code: 'run-locked',
      message: `${folder} is in use by process ${process.pid} on ${hostname()}.`,
      hint: expect.stringContaining(lock),
    });
    await release();
    expect(existsSync(lock)).toBe(false);
    await take();
    await release();
  });

  it('keeps out another process while that lives, and passes on when it was killed', async () => {
    const child = spawn(process.execPath, [...script('setInterval(() => {}, 1000);'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(take()).rejects.toMatchObject({
      code: 'run-locked',
      message: expect.stringContaining(`process ${child.pid} on`),
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(lock)).toBe(true);
    await take();
  });

  it('is given back when its process exits by itself', () => {
    const done = spawnSync(process.execPath, [...script('process.exit(0);'), folder], { encoding: 'utf8' });
    expect(done.stdout).toBe('taken\n');
    expect(existsSync(lock)).toBe(false);
  });

  it.each([
    ['a process that is gone', { pid: 4_194_305 }],
    ['an earlier process of the same number', { started: 'another-boot 1' }],
  ])('left by %s is taken over', async (_, change) => {
    if (process.platform !== 'linux' && 'started' in change) return;
    owner(change);
    await take();
    expect(existsSync(lock)).toBe(false);
  });

  it('of another computer is not touched', async () => {
    owner({ host: 'elsewhere', pid: 4_194_305 });
    await expect(take()).rejects.toMatchObject({
      code: 'run-locked',
      message: expect.stringContaining('process 4194305 on elsewhere'),
    });
    expect(readFileSync(lock, 'utf8')).toContain('elsewhere');
  });

  it.each(['', 'null', '{"pid":"x"}'])(
    'that holds %j counts while it may still be written, then is taken over',
    async (content) => {
      writeFileSync(lock, content);
      await expect(take()).rejects.toMatchObject({ code: 'run-locked' });
      utimesSync(lock, new Date(0), new Date(0));
      await take();
    },
  );

  it('goes to exactly one of many that find it stale at once', async () => {
    owner({ pid: 4_194_305 });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => nodeFiles(folder).lock()));
    const won = tries.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set(lost)).toEqual(new Set(['run-locked']));
    await won[0].value();
  });
});

describe('what a process that is gone left behind', () => {
  it('is nothing where none was there, where it lives, and where it gave the folder back', async () => {
    expect(await leftBehind(folder)).toBeUndefined();
    const release = await nodeFiles(folder).lock();
    expect(await leftBehind(folder)).toBeUndefined();
    await release();
    expect(await leftBehind(folder)).toBeUndefined();
  });

  it('says how often memory ran out since, where that is counted', async () => {
    const gone = spawnSync(process.execPath, script('process.kill(process.pid, "SIGKILL");').concat(folder));
    expect(gone.signal).toBe('SIGKILL');
    const { ofComputer } = await memoryKills(undefined);
    const counted = ofComputer === undefined ? {} : { killsSince: 0 };
    expect(await leftBehind(folder)).toEqual({ isOtherBoot: false, ...counted });
    const written = JSON.parse(readFileSync(lock, 'utf8')) as { kills?: number };
    expect(written.kills).toBe(ofComputer);
    if (ofComputer === undefined) return;
    writeFileSync(lock, JSON.stringify({ ...written, kills: ofComputer - 2 }));
    expect(await leftBehind(folder)).toEqual({ isOtherBoot: false, killsSince: 2 });
  });

  it('is no want of memory where the computer was started anew', async () => {
    owner({ pid: 2 ** 22 + 1, started: 'another-boot 7', kills: 0 });
    const known = existsSync('/proc/sys/kernel/random/boot_id');
    expect((await leftBehind(folder))?.isOtherBoot).toBe(known);
    if (known) expect(await leftBehind(folder)).toEqual({ isOtherBoot: true });
  });
});

describe('the lock of any folder', () => {
  it('that finds no room says so, and leaves nothing', async ({ skip }) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', folder]).status === 0;
    skip(!mounted, 'this user may not mount a small disk');
    try {
      writeFileSync(join(folder, 'filler'), new Uint8Array(4096));
      await expect(takeLock(folder, 'home.lock')).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringContaining(join(folder, 'home.lock')),
      });
      expect(existsSync(join(folder, 'home.lock'))).toBe(false);
    } finally {
      spawnSync('umount', ['-l', folder]);
    }
  });
});
