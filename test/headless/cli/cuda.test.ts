/** The command `cuda`: what it prints, what it refuses, that Ctrl-C stops it; and what `doctor` says of `onnx-cuda`. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpCudaAsAsked } from '../../../headless/cli/cudaSetup.ts';
import { installedRuntime } from '../../../headless/host/cuda/load.ts';
import { probeExecutor } from '../../../headless/host/probe.ts';
import { hasNvidiaDriver } from '../../../headless/setup/sources.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { compiledCuda, feedServer, NO_COMPILER, nupkg } from '../../helpers/fakeCuda.ts';
import { writeFiles } from '../../helpers/fakeTensorflow.ts';
import { root } from '../../helpers/sourceImports.ts';

const OTHER_SYSTEM =
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'CUDA is set up on Linux on x64 only';
const DRIVER = (await hasNvidiaDriver()) ? 'an NVIDIA driver is loaded here' : undefined;

let home = '';
let folder = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-cuda-'));
  folder = join(home, 'cuda');
  vi.stubEnv('CELLSMITH_CUDA', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

describe('the command', () => {
  it('undoes, and says whether there was anything', async () => {
    expect(await setUpCudaAsAsked({ undo: true })).toBe(`Nothing was set up in ${folder}.`);
    await writeFiles(folder, { 'cuda.json': '{}' });
    expect(await setUpCudaAsAsked({ undo: true })).toBe(`Removed: ${folder}`);
    expect(JSON.parse(await setUpCudaAsAsked({ undo: true, json: true }))).toEqual({
      folder,
      removed: false,
    });
  });

  it('refuses what is no checksum', async () => {
    const asked = await failure(() => setUpCudaAsAsked({ sha512: 'a'.repeat(64) }));
    expect([asked.code, asked.message]).toEqual(['bad-usage', `'${'a'.repeat(64)}' is no SHA-512.`]);
    expect((await failure(() => setUpCudaAsAsked({ sha256: 'abc' }))).message).toBe("'abc' is no SHA-256.");
  });

  it('says what it set up, what that was held to, and that it was not tried', async ({ skip }) => {
    skip((NO_COMPILER ?? DRIVER) !== undefined, NO_COMPILER ?? DRIVER);
    const { nvidia, bytes } = await compiledCuda(home);
    const path = join(home, 'package.nupkg');
    await writeFile(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex').toUpperCase();
    const [first, second, third, last] = (
      await setUpCudaAsAsked({ package: path, sha256, nvidia, untried: true })
    ).split('\n');
    expect(first).toBe(`${path} is set up, but not tried: no NVIDIA driver is loaded here.`);
    expect(second).toMatch(
      new RegExp(`^It is in ${folder} \\(\\d+ MB\\), held to the checksum that was given\\.$`),
    );
    expect(third).toBe("3 of NVIDIA's libraries are used where they lie.");
    expect(last).toContain('--executor onnx-cuda');
  });

  it('stops at Ctrl-C with the exit code for that, and keeps what has arrived', async ({ skip }) => {
    skip((OTHER_SYSTEM ?? DRIVER) !== undefined, OTHER_SYSTEM ?? DRIVER);
    let begun = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (begun = resolve));
    const feed = await feedServer({
      bytes: nupkg(),
      serve: (_request, response, bytes) => {
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 100), () => setTimeout(begun, 300));
        return true;
      },
    });
    try {
      const args = [join(root, 'headless/bin.mjs'), 'cuda', '--untried', '--feed', feed.index];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      await waiting;
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(said).toContain('Start it again to continue: what was downloaded is kept.');
      expect((await readdir(`${folder}-downloads`)).filter((name) => name.endsWith('.part'))).toHaveLength(1);
    } finally {
      await feed.close();
    }
  });
});

describe('the executor onnx-cuda', () => {
  beforeEach(({ skip }) => skip(OTHER_SYSTEM !== undefined, OTHER_SYSTEM));
  const record = { format: 1, source: '', checkedBy: 'nothing', nvidia: [], madeAt: '2026-01-01T00:00:00Z' };
  const libraries = [{ path: 'lib/libonnxruntime.so.1', bytes: 9 }];
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['is not set up', {}, "the libraries of ONNX Runtime's CUDA provider are not set up"],
    ['has a record that is none', { 'cuda.json': '{' }, 'cuda.json is damaged, or of another version'],
    [
      'is of another version',
      { 'cuda.json': JSON.stringify({ ...record, libraries, version: '1.29.0' }) },
      `of ONNX Runtime 1.29.0, and ${installedRuntime().version} is installed`,
    ],
    [
      'is not whole',
      { 'cuda.json': JSON.stringify({ ...record, libraries, version: installedRuntime().version }) },
      'lib/libonnxruntime.so.1, which was set up, is gone',
    ],
  ])('is unavailable, with reason and remedy, where its provider %s', async (_name, files, reason) => {
    await writeFiles(folder, files);
    expect(await probeExecutor('onnx-cuda')).toEqual({
      available: false,
      reason: expect.stringContaining(reason) as string,
      hint: expect.stringContaining('npm run setup:cuda') as string,
    });
  });
});
