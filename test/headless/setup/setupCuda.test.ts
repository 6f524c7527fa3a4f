/** Setting up the CUDA provider as a whole: what is put where, what stays when it fails, what is undone. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installedRuntime } from '../../../headless/host/cuda/load.ts';
import { checkedCudaSetup, readCudaSetup } from '../../../headless/host/cuda/setup.ts';
import { probeExecutor } from '../../../headless/host/probe.ts';
import { neededLibraries } from '../../../headless/setup/elf.ts';
import type { CudaOptions } from '../../../headless/setup/setupCuda.ts';
import { ownCudaBytes, setUpCuda, undoCuda } from '../../../headless/setup/setupCuda.ts';
import { hasNvidiaDriver } from '../../../headless/setup/sources.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { compiledCuda, feedServer, NO_COMPILER, nupkg, WITNESS } from '../../helpers/fakeCuda.ts';
import { writeFiles } from '../../helpers/fakeTensorflow.ts';

const OTHER_SYSTEM =
  process.platform === 'linux' && process.arch === 'x64' ? undefined : 'CUDA is set up on Linux on x64 only';
const DRIVER = (await hasNvidiaDriver()) ? 'an NVIDIA driver is loaded here' : undefined;
const OWN = [
  'onnxruntime.so.1',
  'cellsmith_cuda.so',
  'onnxruntime_providers_cuda.so',
  'onnxruntime_providers_shared.so',
];

let home = '';
let folder = '';
beforeEach(async ({ skip }) => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-cuda-'));
  skip(OTHER_SYSTEM !== undefined, OTHER_SYSTEM);
  folder = join(home, 'cuda');
  vi.stubEnv('CELLSMITH_CUDA', folder);
  vi.stubEnv(WITNESS, join(home, 'witness'));
  await writeFile(join(home, 'package.nupkg'), nupkg());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const works = { available: true, device: 'a card' } as const;
/** From a package whose libraries ask for nothing, on a computer with a driver, with a trial that goes well. */
const setUp = (options: Partial<CudaOptions> = {}) =>
  setUpCuda({
    folder,
    package: join(home, 'package.nupkg'),
    onProgress: () => undefined,
    now: () => '2026-01-01T00:00:00.000Z',
    trial: () => Promise.resolve(works),
    hasDriver: () => Promise.resolve(true),
    ...options,
  });
/** With libraries that can be loaded and compute nothing, on a computer without a driver. */
async function setUpCompiled(more = '', driver = false) {
  const { nvidia, bytes } = await compiledCuda(home, more, driver);
  await writeFile(join(home, 'package.nupkg'), bytes);
  const hasDriver = () => Promise.resolve(false);
  return setUp({ nvidia, hasDriver, untried: true, trial: undefined });
}
const ofCuda = async (): Promise<string[]> => (await readdir(home)).filter((name) => name.startsWith('cuda'));
const witness = (): Promise<string> => readFile(join(home, 'witness'), 'utf8').catch(() => '');

describe('setting up', () => {
  it("puts the provider beside ONNX Runtime's own library, and leaves a record that holds", async () => {
    const { setup } = await setUp();
    expect(setup).toMatchObject({
      format: 1,
      version: installedRuntime().version,
      source: join(home, 'package.nupkg'),
      checkedBy: 'nothing',
      nvidia: [],
      device: 'a card',
      madeAt: '2026-01-01T00:00:00.000Z',
    });
    expect(setup.libraries.map(({ path }) => path)).toEqual(OWN.map((name) => `lib/lib${name}`));
    expect((await readdir(join(folder, 'lib'))).sort()).toEqual(OWN.map((name) => `lib${name}`).sort());
    const [copy, own] = [join(folder, 'lib'), installedRuntime().folder].map((at) =>
      join(at, 'libonnxruntime.so.1'),
    );
    expect(Buffer.compare(await readFile(copy), await readFile(own))).toBe(0);
    expect(await neededLibraries(join(folder, 'lib/libcellsmith_cuda.so'))).toEqual(['libonnxruntime.so.1']);
    expect(await checkedCudaSetup(folder, setup.version)).toEqual(setup);
    expect(ownCudaBytes(setup)).toBeGreaterThan((await readFile(own)).length);
    expect(await ofCuda()).toEqual(['cuda']);
  });

  it('takes the package from a feed, and removes the download once it works', async () => {
    const feed = await feedServer({ bytes: nupkg() });
    try {
      const { setup } = await setUp({ package: undefined, feed: feed.index });
      expect([setup.checkedBy, setup.source.endsWith(feed.index)]).toEqual(['feed', true]);
      expect(await ofCuda()).toEqual(['cuda']);
      const wrong = '0'.repeat(128);
      const { code } = await failure(() => setUp({ package: undefined, feed: feed.index, sha512: wrong }));
      expect(code).toBe('wrong-checksum');
      expect((await readCudaSetup(folder))?.device).toBe('a card');
    } finally {
      await feed.close();
    }
  });

  it('tries what it made where it made it, and leaves everything as it was where that fails', async () => {
    await setUp();
    const before = await readFile(join(folder, 'cuda.json'), 'utf8');
    const tried: string[] = [];
    const { code, message } = await failure(() =>
      setUp({
        now: () => '2027-01-01T00:00:00.000Z',
        // With a driver, not even a person's wish makes up for it.
        untried: true,
        trial: async (at) => {
          tried.push((await readCudaSetup(at))?.madeAt ?? '');
          return { available: false, reason: 'CUDA failure 35: the driver is too old' };
        },
      }),
    );
    expect(code).toBe('cuda-does-not-work');
    expect(message).toContain('but does not work: CUDA failure 35: the driver is too old.');
    expect(tried).toEqual(['2027-01-01T00:00:00.000Z']);
    expect(await readFile(join(folder, 'cuda.json'), 'utf8')).toBe(before);
    expect(await ofCuda()).toEqual(['cuda']);
  });

  it('takes the place of what was there, once it works, and of what a crash left', async () => {
    await setUp();
    await writeFiles(home, { 'cuda.new/torn': '', 'cuda.old/torn': '' });
    await setUp({ now: () => '2027-01-01T00:00:00.000Z' });
    expect((await readCudaSetup(folder))?.madeAt).toBe('2027-01-01T00:00:00.000Z');
    expect(await ofCuda()).toEqual(['cuda']);
  });

  it('can be stopped, and leaves what was there', async () => {
    await setUp();
    const stopping = new AbortController();
    const onProgress = (what: string): void => {
      if (what.startsWith('trying')) stopping.abort();
    };
    const now = () => '2027-01-01T00:00:00.000Z';
    expect((await failure(() => setUp({ signal: stopping.signal, onProgress, now }))).code).toBe('cancelled');
    expect((await readCudaSetup(folder))?.madeAt).toBe('2026-01-01T00:00:00.000Z');
    expect(await ofCuda()).toEqual(['cuda']);
  });

  it('does not touch a folder of other things, nor a file', async () => {
    await writeFiles(folder, { 'lib/mine': 'mine' });
    for (const act of [() => setUp(), () => undoCuda(folder)])
      expect((await failure(act)).code).toBe('not-a-cuda-setup');
    expect(await readdir(join(folder, 'lib'))).toEqual(['mine']);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'mine');
    expect((await failure(() => setUp())).message).toBe(`${folder} is a file, not a folder.`);
  });
});

describe('without a driver', () => {
  const hasDriver = () => Promise.resolve(false);

  it('ends before anything is fetched, unless a person wants it untried', async () => {
    const asked = await failure(() => setUp({ hasDriver, package: 'http://127.0.0.1:1/none.nupkg' }));
    expect([asked.code, asked.message]).toEqual([
      'no-nvidia-driver',
      'No NVIDIA driver is loaded here, so the CUDA provider could not be tried.',
    ]);
    const reason = 'the libraries … cannot be loaded: libcuda.so.1: cannot open shared object file';
    const trial = () => Promise.resolve({ available: false, reason } as const);
    const { setup } = await setUp({ hasDriver, untried: true, trial });
    expect(setup.device).toBeUndefined();
    expect((await readCudaSetup(folder))?.madeAt).toBe(setup.madeAt);
  });

  it.each([
    'it did not answer within 300 s',
    'the probe was ended by SIGSEGV',
    'they cannot be loaded: libz.so.1: none',
  ])('is content with a missing driver only, not with: %s', async (reason) => {
    const trial = () => Promise.resolve({ available: false, reason } as const);
    expect((await failure(() => setUp({ hasDriver, untried: true, trial }))).code).toBe('cuda-does-not-work');
    expect(await readCudaSetup(folder)).toBeUndefined();
  });
});

describe('libraries that are loaded', () => {
  beforeEach(({ skip }) => skip(NO_COMPILER !== undefined, NO_COMPILER));

  it('come from the set-up into ONNX Runtime, with those of NVIDIA, in the trial and after it', async () => {
    const { setup } = await setUpCompiled();
    expect(setup.nvidia.map(({ path }) => path)).toEqual(
      ['cudart.so.12', 'cudnn.so.9', 'nvrtc.so.12'].map((name) => join(home, `nvidia/lib${name}`)),
    );
    expect(await witness()).toBe('hosted 23\n');
    // It stands elsewhere now, and is a provider without the function that makes one.
    expect(await probeExecutor('onnx-cuda')).toMatchObject({
      available: false,
      reason: expect.stringContaining('Failed to load shared library') as string,
      hint: expect.stringContaining('npm run setup:cuda') as string,
    });
    expect(await witness()).toBe('hosted 23\nhosted 23\n');
    expect(await probeExecutor('onnx-cpu')).toMatchObject({ available: true });
    expect(await witness()).toBe('hosted 23\nhosted 23\n');
  });

  it('are told with the reason where they are broken, and a process that they kill kills nothing else', async () => {
    const undefinedName = 'int cublas_of_tomorrow(void); int call(void) { return cublas_of_tomorrow(); }';
    const broken = await failure(() => setUpCompiled(undefinedName));
    expect(broken.code).toBe('cuda-does-not-work');
    expect(broken.message).toMatch(
      /cannot be loaded: .*providers_cuda\.so: undefined symbol: cublas_of_tomorrow/,
    );
    const deadly = '__attribute__((constructor)) static void die(void) { abort(); }';
    const killed = await failure(() => setUpCompiled(deadly));
    expect([killed.code, killed.message]).toEqual([
      'cuda-does-not-work',
      expect.stringContaining('the probe was ended by SIGABRT'),
    ]);
    expect(await readCudaSetup(folder)).toBeUndefined();
  });
});

describe('libraries that are linked with the driver', () => {
  beforeEach(({ skip }) => skip((NO_COMPILER ?? DRIVER) !== undefined, NO_COMPILER ?? DRIVER));

  it('are prepared where there is none, and the reason is the driver until there is one', async () => {
    const { setup } = await setUpCompiled('', true);
    expect([setup.device, setup.nvidia.length]).toEqual([undefined, 3]);
    expect(await probeExecutor('onnx-cuda')).toEqual({
      available: false,
      reason: expect.stringMatching(/cannot be loaded: libcuda\.so\.1: cannot open/) as string,
      hint: expect.stringContaining('comes with the NVIDIA driver') as string,
    });
    expect(await witness()).toBe('');
  });
});

describe('undoing', () => {
  it('removes what was set up and downloaded, and says whether there was any', async () => {
    await setUp();
    await writeFiles(home, { 'cuda-downloads/a.nupkg.part': '', 'cuda.new/torn': '' });
    expect(await undoCuda(folder)).toBe(true);
    expect(await readdir(home)).toEqual(['package.nupkg']);
    expect(await undoCuda(folder)).toBe(false);
  });

  it('leaves files that a person has put into the folder', async () => {
    await setUp();
    await mkdir(join(folder, 'notes'));
    expect(await undoCuda(folder)).toBe(true);
    expect(await readdir(folder)).toEqual(['notes']);
  });
});
