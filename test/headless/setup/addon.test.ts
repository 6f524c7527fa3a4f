/** How the addon comes to be: compiled with what is there, fetched, or given. The compilers here are scripts. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAddonPossible, findCompiler, putAddon } from '../../../headless/setup/addon.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeLibrary, script, writeFiles } from '../../helpers/fakeTensorflow.ts';
import { tarGz } from '../../helpers/tarBytes.ts';

let folder = '';
let headers = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-addon-'));
  headers = join(folder, 'include');
  await writeFiles(folder, {
    'deps/lib/libtensorflow.so.2': fakeLibrary(),
    'deps/nvidia/cudnn/lib/libcudnn.so.9': '',
    'deps/nvidia/cudnn/lib/libcudnn_ops.so.9': '',
    'deps/nvidia/cublas/lib/libcublas.so.12': '',
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const addon = (): string => join(folder, 'lib/napi-v8/tfjs_binding.node');
const fetching = () => ({ downloads: folder, onProgress: () => undefined });

/** Writes its arguments into what it is to make. */
const compile =
  'for last; do [ "$before" = -o ] && out=$last; before=$last; done; echo "$@" > "${out:-/dev/null}"';
const useCompiler = async (lines: string): Promise<void> => {
  vi.stubEnv('CXX', await script(join(folder, 'bin'), 'compiler', lines));
};

describe('whether there can be an addon', () => {
  it('is known beforehand where none is published for the processor', async () => {
    vi.stubEnv('CXX', join(folder, 'none'));
    await expectAddonPossible('x64');
    expect(await failure(() => expectAddonPossible('arm64'))).toMatchObject({ code: 'no-compiler' });
    expect(await failure(() => expectAddonPossible('arm64', () => undefined))).toMatchObject({
      code: 'no-addon-sources',
    });
    await useCompiler(compile);
    await expectAddonPossible('arm64');
  });
});

describe('the addon', () => {
  it('is compiled from the sources of the package, for the library, with those of NVIDIA loaded along', async () => {
    await useCompiler(compile);
    expect(await putAddon(folder, headers, undefined, fetching())).toEqual({ origin: 'built' });
    const words = (await readFile(addon(), 'utf8')).trim().split(' ');
    const follow = (word: string) => words.flatMap((one, i) => (one === word ? [words[i + 1]] : []));
    expect(follow('-I')).toEqual([expect.stringMatching(/node-api-headers\/include$/), headers]);
    expect(words.filter((word) => word.endsWith('.cc')).map((word) => word.split('/').at(-1))).toEqual([
      'tfjs_backend.cc',
      'tfjs_binding.cc',
    ]);
    // The libraries of NVIDIA's own that others load by name are left to them.
    expect(words.filter((word) => /\.so/.test(word))).toEqual(
      [
        'deps/lib/libtensorflow.so.2',
        'deps/nvidia/cublas/lib/libcublas.so.12',
        'deps/nvidia/cudnn/lib/libcudnn.so.9',
      ].map((name) => join(folder, name)),
    );
    expect(words.filter((word) => word.includes('rpath'))).toEqual(
      ['deps/lib', 'deps/nvidia/cublas/lib', 'deps/nvidia/cudnn/lib'].map(
        (at) => `-Wl,-rpath,$ORIGIN/../../${at}`,
      ),
    );
  });

  it('is not there where the compiler fails; its words are told', async () => {
    await useCompiler(
      '[ "$1" = --version ] && exit 0; echo "a.cc:1:2: fatal error: c_api.h: none" >&2; exit 1',
    );
    const { code, message } = await failure(() => putAddon(folder, headers, undefined, fetching()));
    expect([code, message]).toEqual([
      'addon-not-built',
      expect.stringContaining('fatal error: c_api.h: none'),
    ]);
    await useCompiler('[ "$1" = --version ] && exit 0; exit 7');
    expect((await failure(() => putAddon(folder, headers, 'build', fetching()))).message).toContain('code 7');
  });

  it('cannot be built without a compiler, or without headers, where that is asked for', async () => {
    vi.stubEnv('CXX', join(folder, 'none'));
    expect(await findCompiler()).toBeUndefined();
    expect((await failure(() => putAddon(folder, headers, 'build', fetching()))).code).toBe('no-compiler');
    await useCompiler(compile);
    expect((await failure(() => putAddon(folder, undefined, 'build', fetching()))).code).toBe('no-headers');
  });

  it.each(['no compiler', 'no headers', 'asked for'] as const)(
    'is fetched where there is: %s',
    async (why) => {
      await (why === 'no compiler' ? vi.stubEnv('CXX', join(folder, 'none')) : useCompiler(compile));
      const archive = join(folder, 'GPU-linux.tar.gz');
      await writeFile(
        archive,
        tarGz([{ path: 'napi-v8/tfjs_binding.node', content: fakeLibrary(['fetched']) }]),
      );
      const choice = why === 'asked for' ? 'fetch' : undefined;
      const given = why === 'no headers' ? undefined : headers;
      expect(await putAddon(folder, given, choice, fetching(), archive)).toEqual({
        origin: 'fetched',
        checkedBy: 'nothing',
      });
      expect(await readFile(addon())).toEqual(fakeLibrary(['fetched']));
    },
  );

  it('is refused where the archive holds none, or one of another processor', async () => {
    const archive = join(folder, 'GPU-linux.tar.gz');
    await writeFile(archive, tarGz([{ path: 'napi-v8/other.node', content: fakeLibrary() }]));
    const fetch = () => failure(() => putAddon(folder, headers, 'fetch', fetching(), archive));
    expect(await fetch()).toMatchObject({ code: 'addon-not-built' });
    const foreign = fakeLibrary([], process.arch === 'arm64' ? 'x64' : 'arm64');
    await writeFile(archive, tarGz([{ path: 'napi-v8/tfjs_binding.node', content: foreign }]));
    expect(await fetch()).toMatchObject({
      code: 'wrong-library',
      message: expect.stringContaining(`tfjs_binding.node in ${archive} cannot be used`) as string,
    });
  });

  it('is copied where it is given', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine/a.node'), fakeLibrary(['mine']));
    expect(await putAddon(folder, undefined, { path: join(folder, 'mine/a.node') }, fetching())).toEqual({
      origin: 'given',
    });
    expect(await readFile(addon())).toEqual(fakeLibrary(['mine']));
  });
});
