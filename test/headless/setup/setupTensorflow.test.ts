/** Setting up as a whole: what is put where, what stays when it fails, what is undone. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../core/base/errors.ts';
import { checkedSetup, readSetup } from '../../../headless/host/tensorflow/setup.ts';
import type { SetupOptions } from '../../../headless/setup/setupTensorflow.ts';
import { ownBytes, setUpTensorflow, undoSetup } from '../../../headless/setup/setupTensorflow.ts';
import { sourcesOf } from '../../../headless/setup/sources.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import {
  fakeInstallation,
  fakeLibrary,
  script,
  wheelBytes,
  writeFiles,
} from '../../helpers/fakeTensorflow.ts';

let home = '';
let folder = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-setup-'));
  folder = join(home, 'tensorflow');
  await writeFile(join(home, 'addon.node'), fakeLibrary(['addon']));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const works = { available: true, device: 'a device' } as const;
const gone = { available: false, reason: 'the probe was ended by SIGKILL' } as const;

/** From a folder as libtensorflow is unpacked, with an addon that is given, and a trial that goes well. */
async function setUp(options: Partial<SetupOptions> = {}) {
  const library = await fakeInstallation(join(home, 'libtensorflow'));
  return setUpTensorflow({
    folder,
    sources: sourcesOf({ library, cpu: true }),
    addon: { path: join(home, 'addon.node') },
    onProgress: () => undefined,
    onSkipped: () => undefined,
    now: () => '2026-01-01T00:00:00.000Z',
    trial: () => Promise.resolve(works),
    ...options,
  });
}

describe('setting up', () => {
  it('links libraries that lie elsewhere, copies the addon, and leaves a record that holds', async () => {
    const { setup, device } = await setUp();
    const [main, framework] = ['', '_framework'].map((part) => `libtensorflow${part}.so.2`);
    expect(device).toBe('a device');
    expect(setup).toEqual({
      format: 1,
      source: join(home, 'libtensorflow'),
      libraries: await Promise.all(
        [main, framework].map(async (name) => {
          const path = join(home, 'libtensorflow/lib', name);
          return { path, bytes: (await stat(path)).size };
        }),
      ),
      nvidia: undefined,
      addon: {
        origin: 'given',
        sha256: createHash('sha256')
          .update(fakeLibrary(['addon']))
          .digest('hex'),
      },
      device: 'a device',
      madeAt: '2026-01-01T00:00:00.000Z',
    });
    expect(ownBytes(setup)).toBe(0);
    expect(await readlink(join(folder, 'deps/lib', main))).toBe(setup.libraries[0].path);
    expect((await readdir(join(folder, 'deps/lib'))).sort()).toEqual(
      [main, 'libtensorflow_cc.so.2', framework].sort(),
    );
    expect(await checkedSetup(folder)).toEqual({
      setup: JSON.parse(JSON.stringify(setup)) as unknown,
      addon: join(folder, 'lib/napi-v8/tfjs_binding.node'),
    });
    expect((await readdir(home)).sort()).toEqual(['addon.node', 'libtensorflow', 'tensorflow']);
  });

  it('keeps what it unpacked, with names relative to the folder, and no headers', async () => {
    const wheel = join(home, 'tensorflow.whl');
    const cudnn = { 'nvidia/cudnn/lib/libcudnn.so.9': fakeLibrary([]) };
    const libraries = {
      'tensorflow/libtensorflow_cc.so.2': fakeLibrary(),
      'tensorflow/libtensorflow_framework.so.2': fakeLibrary([]),
      'tensorflow/include/tensorflow/c/c_api.h': '// c',
    };
    await writeFile(wheel, wheelBytes({ ...libraries, ...cudnn }));
    const { setup } = await setUp({ sources: sourcesOf({ wheel: [wheel], cpu: false }) });
    expect(setup.libraries.map(({ path }) => path)).toEqual([
      'deps/lib/libtensorflow_cc.so.2',
      'deps/lib/libtensorflow_framework.so.2',
    ]);
    expect([setup.nvidia, setup.checkedBy]).toEqual(['deps/nvidia', 'wheel']);
    expect(ownBytes(setup)).toBe(fakeLibrary().length + fakeLibrary([]).length);
    expect((await readdir(folder)).sort()).toEqual(['deps', 'lib', 'tensorflow.json']);
    expect(await readlink(join(folder, 'deps/lib/libtensorflow.so.2'))).toBe('libtensorflow_cc.so.2');
    expect((await lstat(join(folder, 'deps/lib/libtensorflow_cc.so.2'))).isFile()).toBe(true);
    await expect(checkedSetup(folder)).resolves.toMatchObject({ setup: { source: 'tensorflow.whl' } });
  });

  it('links the libraries of NVIDIA that an installed TensorFlow has beside it', async () => {
    const site = join(home, 'site-packages');
    await writeFiles(site, {
      'tensorflow/libtensorflow_cc.so.2': fakeLibrary(),
      'nvidia/cudnn/lib/libcudnn.so.9': fakeLibrary([]),
    });
    const { setup } = await setUp({ sources: sourcesOf({ library: site, cpu: false }) });
    expect(setup.nvidia).toBe(join(site, 'nvidia'));
    expect(await readdir(join(folder, 'deps/nvidia/cudnn/lib'))).toEqual(['libcudnn.so.9']);
  });

  it('tries what it made where it made it, and leaves everything as it was where that fails', async () => {
    await setUp();
    const before = await readFile(join(folder, 'tensorflow.json'), 'utf8');
    const tried: string[] = [];
    const { code, message } = await failure(() =>
      setUp({
        now: () => '2027-01-01T00:00:00.000Z',
        trial: async (at) => {
          tried.push((await readSetup(at))?.madeAt ?? '');
          return { available: false, reason: 'the probe was ended by SIGSEGV' };
        },
      }),
    );
    expect(code).toBe('tensorflow-does-not-work');
    expect(message).toContain('but does not work: the probe was ended by SIGSEGV.');
    expect(tried).toEqual(['2027-01-01T00:00:00.000Z']);
    expect(await readFile(join(folder, 'tensorflow.json'), 'utf8')).toBe(before);
    expect((await readdir(home)).filter((name) => name.startsWith('tensorflow'))).toEqual(['tensorflow']);
  });

  it('takes the place of what was there, once it works, and of what a crash left', async () => {
    await setUp();
    await writeFiles(home, { 'tensorflow.new/torn': '', 'tensorflow.old/torn': '' });
    await setUp({ now: () => '2027-01-01T00:00:00.000Z' });
    expect((await readSetup(folder))?.madeAt).toBe('2027-01-01T00:00:00.000Z');
    expect((await readdir(home)).filter((name) => name.startsWith('tensorflow'))).toEqual(['tensorflow']);
  });

  it('goes on to the next source, says why, and throws the error of the last', async () => {
    const [good] = sourcesOf({ library: await fakeInstallation(join(home, 'libtensorflow')), cpu: true });
    const bad = (title: string) => ({
      title,
      async get(into: string): Promise<never> {
        await writeFile(join(into, `left by ${title}`), '');
        throw new CellsmithError('no-python', `${title} failed`, '');
      },
    });
    const skipped: string[] = [];
    const onSkipped = (source: string, { message }: Error) => skipped.push(`${source}: ${message}`);
    await setUp({ sources: [bad('first'), good], onSkipped });
    expect(skipped).toEqual(['first: first failed']);
    expect((await readdir(folder)).sort()).toEqual(['deps', 'lib', 'tensorflow.json']);
    const last = await failure(() => setUp({ sources: [bad('first'), bad('second')], onSkipped }));
    expect(last.message).toBe('second failed');
  });

  it('takes a library that cannot be loaded for what it is, in a process of its own', async () => {
    const { code, message } = await failure(() => setUp({ trial: undefined }));
    expect(code).toBe('tensorflow-does-not-work');
    expect(message).toMatch(/native library cannot be loaded: \S/);
  });

  it('can be stopped whatever it does, goes on to no other source, and leaves what was there', async () => {
    await setUp();
    const bin = join(home, 'bin');
    // A pip and a compiler that would work for an hour; each says when it has begun.
    const slow = `[ "$1" = --version ] && exit 0; touch ${home}/begun; exec sleep 3600`;
    const [library] = sourcesOf({ library: await fakeInstallation(join(home, 'libtensorflow')), cpu: true });
    const python = await script(bin, 'python', slow);
    vi.stubEnv('CXX', await script(bin, 'compiler', slow));
    const all: readonly Partial<SetupOptions>[] = [
      { sources: [...sourcesOf({ pip: true, python, cpu: true }), library] },
      { addon: 'build' },
      { trial: (_at, signal) => new Promise((end) => signal?.addEventListener('abort', () => end(gone))) },
    ];
    for (const work of all) {
      await rm(join(home, 'begun'), { force: true });
      const stopping = new AbortController();
      const skipped: string[] = [];
      const stopped = failure(() =>
        setUp({ ...work, signal: stopping.signal, onSkipped: (source) => skipped.push(source) }),
      );
      // Under way, or about to be tried.
      await vi.waitFor(() => stat(work.trial === undefined ? join(home, 'begun') : `${folder}.new/lib`));
      stopping.abort();
      expect([(await stopped).code, skipped]).toEqual(['cancelled', []]);
      expect((await readSetup(folder))?.madeAt).toBe('2026-01-01T00:00:00.000Z');
      expect((await readdir(home)).filter((name) => name.startsWith('tensorflow'))).toEqual(['tensorflow']);
    }
  });

  it('is refused, as undoing is, while another one is at work', async () => {
    await setUp({
      async trial() {
        for (const act of [() => setUp(), () => undoSetup(folder)]) {
          const { code, message } = await failure(act);
          expect([code, message]).toEqual([
            'setup-at-work',
            expect.stringContaining(`process ${process.pid}`),
          ]);
        }
        return works;
      },
    });
    expect(await undoSetup(folder)).toBe(true);
  });

  it('refuses an addon that is none', async () => {
    await writeFile(join(home, 'text'), 'text');
    expect((await failure(() => setUp({ addon: { path: join(home, 'text') } }))).code).toBe('wrong-library');
    expect(await readSetup(folder)).toBeUndefined();
  });

  it('does not touch a folder of other things, nor a file', async () => {
    await writeFiles(folder, { 'lib/mine': 'mine' });
    for (const act of [() => setUp(), () => undoSetup(folder)])
      expect((await failure(act)).code).toBe('not-a-tensorflow-setup');
    expect(await readdir(join(folder, 'lib'))).toEqual(['mine']);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'mine');
    expect((await failure(() => setUp())).message).toBe(`${folder} is a file, not a folder.`);
  });
});

describe('undoing', () => {
  it('removes what was set up and downloaded, not what was linked, and says whether there was any', async () => {
    await setUp();
    await writeFiles(home, { 'tensorflow-downloads/a.whl.part': '', 'tensorflow.new/torn': '' });
    expect(await undoSetup(folder)).toBe(true);
    expect((await readdir(home)).sort()).toEqual(['addon.node', 'libtensorflow']);
    expect(await readdir(join(home, 'libtensorflow/lib'))).toHaveLength(2);
    expect(await undoSetup(folder)).toBe(false);
  });

  it('leaves files that a person has put into the folder', async () => {
    await setUp();
    await mkdir(join(folder, 'notes'));
    expect(await undoSetup(folder)).toBe(true);
    expect(await readdir(folder)).toEqual(['notes']);
  });
});
