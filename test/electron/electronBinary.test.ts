/** Electron's program: found, fetched once, or missed with a reason; installers are played by small scripts. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronOrReason, findElectron } from '../../electron/electronBinary.mjs';

let folder = '';
let said: string[] = [];
beforeEach(async () => {
  said = [];
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-electron-'));
  await writeFile(join(folder, 'package.json'), '{"version":"45.4.1"}');
});
afterEach(() => rm(folder, { recursive: true }));

const NONE = {};
async function addProgram(dist = join(folder, 'dist')): Promise<string> {
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'electron'), '');
  await writeFile(join(folder, 'path.txt'), 'electron');
  return join(dist, 'electron');
}
async function ask(installer?: string, more: { now?: () => number; patienceMs?: number } = {}) {
  const path = join(folder, 'install.cjs');
  if (installer !== undefined) await writeFile(path, installer);
  const options = { folder, memoryFile: join(folder, 'cache', 'failed'), environment: NONE, installer: path };
  return electronOrReason({ ...options, say: (line) => void said.push(line), ...more });
}

const SUCCEEDS = `
  const fs = require('node:fs'), path = require('node:path');
  fs.mkdirSync(path.join(__dirname, 'dist'));
  fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), '');
  fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron');`;
const OFFLINE = `
  console.error('RequestError: getaddrinfo ENOTFOUND github.com\\n    at somewhere');
  require('node:fs').appendFileSync(require('node:path').join(__dirname, 'attempts'), 'x');
  process.exit(1);`;

describe('Electron’s program', () => {
  it('is found where its installer put it', async () => {
    expect(findElectron(folder, NONE)).toBeUndefined();
    const program = await addProgram();
    expect(findElectron(folder, NONE)).toBe(program);
    expect(await ask()).toEqual({ program });
    expect(said).toEqual([]);
  });

  it('is found in another folder that the environment names', async () => {
    const dist = join(folder, 'elsewhere');
    const program = await addProgram(dist);
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: dist })).toBe(program);
  });

  it('is not found where only half of it is there', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron');
    expect(findElectron(folder, NONE)).toBeUndefined();
  });

  it('is fetched where it is missing, after a line that says so', async () => {
    expect(await ask(SUCCEEDS)).toEqual({ program: join(folder, 'dist', 'electron') });
    expect(said).toEqual([expect.stringMatching(/^Fetching Electron 45\.4\.1.*only this once/)]);
  });

  it('that cannot be fetched is missed with the reason, and not tried again for a day', async () => {
    const reason = expect.stringMatching(/cannot be fetched: there is no way to its server.*offline/);
    expect(await ask(OFFLINE)).toEqual({ reason });
    expect(await ask(SUCCEEDS)).toEqual({ reason: expect.stringContaining('npx install-electron') });
    expect(said).toHaveLength(1);
    const tomorrow = Date.now() + 25 * 3_600_000;
    expect(await ask(SUCCEEDS, { now: () => tomorrow })).toHaveProperty('program');
  });

  it('is tried again at once when the package is of another version', async () => {
    await ask(OFFLINE);
    await writeFile(join(folder, 'package.json'), '{"version":"46.0.0"}');
    expect(await ask(SUCCEEDS)).toHaveProperty('program');
  });

  it.each([
    [
      'a disk without room',
      "console.error('Error: ENOSPC: no space left'); process.exit(1)",
      'the disk is full',
    ],
    ['words of its own', "console.error('Checksum mismatch'); process.exit(1)", 'Checksum mismatch'],
    ['no words', 'process.exit(3)', 'its installer ended with code 3'],
    ['a success that is none', '', 'its program is not where it should be'],
  ])('is missed with a reason after %s', async (_what, installer, reason) => {
    expect(await ask(installer)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it('is given up when fetching takes too long', async () => {
    const reason = expect.stringMatching(/took longer than \d+ s/);
    expect(await ask('setInterval(() => 0, 1000)', { patienceMs: 300 })).toEqual({ reason });
  });

  it('is missed where its package is not installed', async () => {
    expect(await ask()).toEqual({ reason: expect.stringContaining('not installed') });
    expect(said).toEqual([]);
  });
});

describe('what was built', () => {
  it('is stale when a source is newer, at any depth, or one was deleted; and when it is missing', async () => {
    const { isStale } = await import('../../headless/loading/freshness.mjs');
    const [built, sources, file] = [
      join(folder, 'out.js'),
      join(folder, 'src'),
      join(folder, 'src', 'a', 'x.ts'),
    ];
    const set = (path: string, seconds: number) => utimes(path, seconds, seconds);
    await mkdir(join(sources, 'a'), { recursive: true });
    await writeFile(file, '');
    expect(isStale(built, [sources])).toBe(true);
    await writeFile(built, '');
    for (const [path, seconds] of [
      [file, 100],
      [join(sources, 'a'), 100],
      [sources, 100],
      [built, 200],
    ] as const) {
      await set(path, seconds);
    }
    expect(isStale(built, [sources, join(folder, 'missing')])).toBe(false);
    await set(file, 300);
    expect(isStale(built, [sources])).toBe(true);
    await set(file, 100);
    await set(join(sources, 'a'), 300);
    expect(isStale(built, [sources])).toBe(true);
  });
});
