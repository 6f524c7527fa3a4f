/** NVIDIA's libraries: which are asked for, where they are looked for, and what pip brings where they are not here. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { libraryThatNeeds } from '../../../headless/setup/elf.ts';
import { type NvidiaChoice, nvidiaLibraries, nvidiaNames } from '../../../headless/setup/nvidia.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeLibrary, script, wheelBytes, writeFiles } from '../../helpers/fakeTensorflow.ts';

const [CUDART, BLAS, BLAS_LT, CUDNN] = ['cudart.so.12', 'cublas.so.12', 'cublasLt.so.12', 'cudnn.so.9'].map(
  (name) => `lib${name}`,
);
let home = '';
let environment: NodeJS.ProcessEnv = {};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cellsmith-nvidia-'));
  await mkdir(join(home, 'downloads'));
  environment = { CELLSMITH_TENSORFLOW: join(home, 'tensorflow') };
  // The system's own cache of libraries is none of this test's business.
  await script(join(home, 'bin'), 'ldconfig', 'exit 0');
  vi.stubEnv('PATH', `${join(home, 'bin')}:${process.env.PATH}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const put = (folder: string, names: readonly string[], arch?: string): Promise<void> =>
  writeFiles(join(home, folder), Object.fromEntries(names.map((name) => [name, fakeLibrary([], arch)])));
const get = async (names: readonly string[], choice: NvidiaChoice = {}): Promise<string[]> => {
  const into = join(home, 'into');
  const toolkits = [join(home, 'toolkit')];
  const getting = {
    into,
    downloads: join(home, 'downloads'),
    onProgress: () => undefined,
    environment,
    toolkits,
  };
  return (await nvidiaLibraries(names, choice, getting)).map((path) => path.replace(`${home}/`, ''));
};

/** A Python whose pip writes what it was asked, and leaves wheels with these libraries. */
async function pip(wheels: Readonly<Record<string, readonly string[]>>): Promise<string> {
  for (const [wheel, names] of Object.entries(wheels)) {
    const files = names.map((name) => [`nvidia/${wheel}/lib/${name}`, fakeLibrary([])] as const);
    const made = join(home, 'wheels', `nvidia_${wheel}_cu12-12.1.0-py3-none-manylinux_2_17_x86_64.whl`);
    await mkdir(join(home, 'wheels'), { recursive: true });
    await writeFile(made, wheelBytes(Object.fromEntries(files)));
  }
  return script(
    join(home, 'bin'),
    'python',
    `[ "$1" = --version ] && exit 0\necho "$@" > ${join(home, 'asked')}\ncp ${join(home, 'wheels')}/* ${join(home, 'downloads')}`,
  );
}

it('are those that a provider asks for, without the driver, and what it and cuDNN ask for later', async () => {
  const needed = [
    'libc.so.6',
    BLAS_LT,
    BLAS,
    'libcuda.so.1',
    'libcurand.so.10',
    'libonnxruntime_providers_shared.so',
  ];
  const names = async (all: readonly string[], more = ''): Promise<readonly string[]> => {
    const provider = join(home, 'provider.so');
    await writeFile(provider, Buffer.concat([libraryThatNeeds('provider.so', all, []), Buffer.from(more)]));
    return nvidiaNames(provider);
  };
  expect(await names(needed)).toEqual([BLAS_LT, BLAS, 'libcurand.so.10']);
  expect(await names(needed, 'cudnnCreate')).toEqual([
    ...[BLAS_LT, BLAS, 'libcurand.so.10'],
    ...[CUDNN, 'libnvrtc.so.12'],
  ]);
  expect(await names([CUDNN, 'libstdc++.so.6'])).toEqual([CUDNN, 'libnvrtc.so.12']);
  expect(await names(['libnvrtc.so.12', CUDNN])).toEqual(['libnvrtc.so.12', CUDNN]);
});

describe('where they are looked for', () => {
  it('is the folder that is given, then TensorFlow, then the path of libraries, the system, a toolkit', async () => {
    const all = {
      given: 'given',
      tensorflow: 'tensorflow/deps/nvidia/cuda_runtime/lib',
      path: 'path',
      system: 'system',
      toolkit: 'toolkit',
    };
    for (const folder of Object.values(all)) await put(folder, [CUDART]);
    environment = { ...environment, LD_LIBRARY_PATH: `/none::${join(home, 'path')}` };
    const listed = `\t${CUDART} (libc6,x86-64) => ${join(home, 'system', CUDART)}`;
    await script(join(home, 'bin'), 'ldconfig', `echo '2 libs found'\necho '${listed}'`);
    const found: string[] = [];
    for (const folder of Object.values(all)) {
      found.push(...(await get([CUDART], { nvidia: join(home, 'given') })));
      await rm(join(home, folder), { recursive: true });
    }
    expect(found).toEqual(Object.values(all).map((folder) => `${folder}/${CUDART}`));
  });

  it.each(['', '/lib64', '/lib', '/cuda_runtime/lib'])(
    'may be given as the folder above %s',
    async (below) => {
      await put(`given${below}`, [CUDART]);
      expect(await get([CUDART], { nvidia: join(home, 'given') })).toEqual([`given${below}/${CUDART}`]);
    },
  );

  it('has to have all of one release, and for this processor; a link will do', async () => {
    await put('tensorflow/deps/nvidia/a/lib', [BLAS]);
    await put('tensorflow/deps/nvidia/b/lib', [BLAS, BLAS_LT], process.arch === 'arm64' ? 'x64' : 'arm64');
    await put('tensorflow/deps/nvidia/c/lib', [BLAS, `${BLAS_LT}.5`]);
    await symlink(`${BLAS_LT}.5`, join(home, 'tensorflow/deps/nvidia/c/lib', BLAS_LT));
    expect(await get([BLAS_LT, BLAS])).toEqual(
      [BLAS_LT, BLAS].map((name) => `tensorflow/deps/nvidia/c/lib/${name}`),
    );
  });
});

describe('what is not here', () => {
  it('comes by pip, and only that', async () => {
    await put('path', [CUDART]);
    environment = { ...environment, LD_LIBRARY_PATH: join(home, 'path') };
    const python = await pip({ cublas: [BLAS, BLAS_LT], cudnn: [CUDNN, 'libcudnn_ops.so.9'] });
    expect(await get([CUDART, BLAS, BLAS_LT, CUDNN], { python })).toEqual([
      `path/${CUDART}`,
      `into/nvidia/cublas/lib/${BLAS}`,
      `into/nvidia/cublas/lib/${BLAS_LT}`,
      `into/nvidia/cudnn/lib/${CUDNN}`,
    ]);
    const asked = await readFile(join(home, 'asked'), 'utf8');
    expect(asked.trim().split(' ').slice(-2)).toEqual(['nvidia-cublas-cu12', 'nvidia-cudnn-cu12>=9,<10']);
    // What cuDNN loads by itself lies beside it.
    expect(await readdir(join(home, 'into/nvidia/cudnn/lib'))).toContain('libcudnn_ops.so.9');
  });

  it('is everything where a person wants pip', async () => {
    await put('path', [CUDART]);
    environment = { ...environment, LD_LIBRARY_PATH: join(home, 'path') };
    const python = await pip({ cuda_runtime: [CUDART] });
    expect(await get([CUDART], { python, pip: true })).toEqual([`into/nvidia/cuda_runtime/lib/${CUDART}`]);
  });

  it('is told where pip cannot have it, and where no wheel has it', async () => {
    const python = await script(
      join(home, 'bin'),
      'python',
      '[ "$1" = --version ] || { echo ERROR: no such >&2; exit 1; }',
    );
    const { code, message } = await failure(() => get([CUDART], { python }));
    expect([code, message]).toEqual([
      'pip-failed',
      `pip of ${python} could not download NVIDIA's libraries: no such.`,
    ]);
    expect((await failure(() => get(['libcunew.so.1']))).message).toMatch(
      /^libcunew.so.1 cannot be found: we know no wheel/,
    );
    const other = await pip({ cuda_runtime: ['libcudart.so.11'] });
    const missing = await failure(() => get([CUDART], { python: other }));
    expect([missing.code, missing.message]).toEqual([
      'no-nvidia-libraries',
      `${CUDART} cannot be found: it is not in the wheel nvidia-cuda-runtime-cu12.`,
    ]);
  });
});
