/** The addon between Node and TensorFlow: compiled from the sources of tfjs-node-gpu, fetched, or given. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { ADDON, LIBRARIES, NVIDIA, PRELOADED, type Setup } from '../host/tensorflow/setup.ts';
import { extractInto, type Fetching, localFile } from './archive.ts';
import { libraryThatNeeds } from './elf.ts';
import { expectLibrary } from './libraryFile.ts';
import { firstThatRuns, howEnded, runProgram } from './programs.ts';

/** What the record says of it. */
export type PutAddon = Omit<Setup['addon'], 'sha256'>;

/** TensorFlow.js' own, for Linux on x64: made for any library with TensorFlow's C interface. */
export const PUBLISHED_ADDON =
  'https://storage.googleapis.com/tf-builds/pre-built-binary/napi-v8/4.22.0/GPU-linux-4.22.0.tar.gz';
const COMPILERS = ['g++', 'clang++', 'c++'];
const SOURCES = ['tfjs_backend.cc', 'tfjs_binding.cc'];
/** Loaded with the addon, so that TensorFlow finds them however it looks for them. */
const NVIDIA_LIBRARY =
  /^lib(cudart|cublas|cublasLt|cufft|curand|cusolver|cusparse|nvJitLink|nvrtc|cupti|cudnn|nccl)\.so\.\d+$/;
const OTHER =
  'Give the tfjs_binding.node of a tfjs-node for Linux and this processor, or build it: --addon build.';
const MINUTES_MS = 600_000;

/** `build`, `fetch`, or the path of an addon. */
export type AddonChoice = 'build' | 'fetch' | { readonly path: string };

/**
 * Puts the addon where it belongs, in a folder whose libraries lie in place.
 * @param headers folder of TensorFlow's headers
 * @param choice where left out: built where there are sources, headers and a compiler, else fetched
 * @throws CellsmithError `no-compiler`, `no-headers`, `addon-not-built`, `wrong-library` …
 */
export async function putAddon(
  folder: string,
  headers: string | undefined,
  choice: AddonChoice | undefined,
  fetching: Fetching,
  published = PUBLISHED_ADDON,
): Promise<PutAddon> {
  const target = join(folder, ADDON);
  await mkdir(dirname(target), { recursive: true });
  if (typeof choice === 'object') {
    await expectLibrary(choice.path, { hint: OTHER });
    await copyFile(choice.path, target);
    return { origin: 'given' };
  }
  const compiler = await findCompiler();
  const sources = addonSources();
  const canBuild = compiler !== undefined && headers !== undefined && sources !== undefined;
  // None is published for other processors.
  if (choice === 'build' || (choice === undefined && (canBuild || process.arch !== 'x64'))) {
    fetching.onProgress('compiling the addon', 0, 0);
    await build(folder, target, {
      headers: expectHeaders(headers),
      compiler: expectCompiler(compiler),
      sources: expectSources(sources),
      signal: fetching.signal,
    });
    return { origin: 'built' };
  }
  const { path: archive, checkedBy } = await localFile(published, { ...fetching, sha256: undefined });
  await extractInto(archive, folder, [[/(?:^|\/)(tfjs_binding\.node)$/, 'fetched']]);
  const [fetched] = await readdir(join(folder, 'fetched')).catch(() => []);
  if (fetched === undefined) throw notBuilt(`${basename(archive)} holds no addon`);
  await expectLibrary(join(folder, 'fetched', fetched), { name: `${fetched} in ${published}`, hint: OTHER });
  await rename(join(folder, 'fetched', fetched), target);
  return { origin: 'fetched', checkedBy };
}

/**
 * An addon that was compiled elsewhere asks for none of NVIDIA's libraries, and knows no folder of them: a library that does
 * is written beside it, to be loaded first.
 * @returns its path in the folder; undefined where there is nothing to load, or none can be written for this processor
 */
export async function putPreloaded(
  folder: string,
  { origin }: PutAddon,
  arch: string = process.arch,
): Promise<string | undefined> {
  if (origin === 'built' || arch !== 'x64') return undefined;
  const nvidia = await nvidiaLibraries(join(folder, NVIDIA));
  if (nvidia.length === 0) return undefined;
  const target = join(folder, PRELOADED);
  const folders = [...new Set(nvidia.map(dirname))].map(
    (path) => `$ORIGIN/${relative(dirname(target), path)}`,
  );
  const names = nvidia.map((path) => basename(path));
  await writeFile(target, libraryThatNeeds(basename(target), names, folders));
  return PRELOADED;
}

/**
 * Told before anything is downloaded: for processors without a published addon, it has to be built here.
 * @throws CellsmithError `no-addon-sources`, `no-compiler`
 */
export async function expectAddonPossible(
  arch: string = process.arch,
  findSources = addonSources,
): Promise<void> {
  if (arch === 'x64') return;
  expectSources(findSources());
  expectCompiler(await findCompiler());
}

export function findCompiler(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { CXX } = environment;
  return firstThatRuns(CXX === undefined || CXX === '' ? COMPILERS : [CXX], ['--version']);
}

/** Folders of the addon's sources and Node's headers; undefined where they are not installed, as in packages. */
export function addonSources(): { readonly binding: string; readonly node: string } | undefined {
  const require = createRequire(import.meta.url);
  try {
    const binding = join(dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding');
    if (!existsSync(join(binding, SOURCES[0]))) return undefined;
    return { binding, node: join(dirname(require.resolve('node-api-headers/package.json')), 'include') };
  } catch {
    return undefined;
  }
}

interface Building {
  readonly headers: string;
  readonly compiler: string;
  readonly sources: NonNullable<ReturnType<typeof addonSources>>;
  readonly signal: AbortSignal | undefined;
}

async function build(
  folder: string,
  target: string,
  { headers, compiler, sources, signal }: Building,
): Promise<void> {
  const libraries = (await readdir(join(folder, LIBRARIES))).filter((name) => name.includes('.so'));
  const nvidia = await nvidiaLibraries(join(folder, NVIDIA));
  const origin = (path: string): string => `$ORIGIN/${relative(dirname(target), path)}`;
  const places = [join(folder, LIBRARIES), ...new Set(nvidia.map(dirname))].map(origin);
  const args = [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
    ...['-I', sources.node, '-I', headers, ...SOURCES.map((name) => join(sources.binding, name))],
    ...['-o', target],
    // Two names of one library are one: the linker takes the name that stands inside.
    ...libraries.map((name) => join(folder, LIBRARIES, name)),
    ...(nvidia.length > 0 ? ['-Wl,--no-as-needed', ...nvidia] : []),
    ...places.map((place) => `-Wl,-rpath,${place}`),
    // Libraries that those ask for are found when they are loaded.
    '-Wl,--allow-shlib-undefined',
  ];
  const ended = await runProgram(compiler, args, { timeoutMs: MINUTES_MS, signal });
  if (ended.code === 0) return;
  const said = ended.errors.split('\n').find((line) => /error|cannot|undefined/i.test(line));
  throw notBuilt(said?.trim() ?? `${compiler} ${howEnded(ended)}`);
}

/** Those that TensorFlow itself asks for; others are asked for by them. */
async function nvidiaLibraries(folder: string): Promise<readonly string[]> {
  const packages = await readdir(folder).catch(() => []);
  const found: string[] = [];
  for (const name of packages.sort()) {
    const files = await readdir(join(folder, name, 'lib')).catch(() => []);
    found.push(
      ...files
        .filter((file) => NVIDIA_LIBRARY.test(file))
        .sort()
        .map((file) => join(folder, name, 'lib', file)),
    );
  }
  return found;
}

function expectCompiler(compiler: string | undefined): string {
  if (compiler !== undefined) return compiler;
  throw new CellsmithError(
    'no-compiler',
    `There is no C++ compiler here (${COMPILERS.join(', ')}), and the addon is to be built.`,
    'Install one (on Debian and Ubuntu: apt install g++), name one in CXX, or leave out --addon build.',
  );
}

function expectHeaders(headers: string | undefined): string {
  if (headers !== undefined) return headers;
  throw new CellsmithError(
    'no-headers',
    "TensorFlow's headers are not beside its library (include/tensorflow/c/c_api.h), and the addon is to be built.",
    'Give the folder of a whole libtensorflow or of a Python package, or leave out --addon build.',
  );
}

function expectSources<T>(sources: T | undefined): T {
  if (sources !== undefined) return sources;
  throw new CellsmithError(
    'no-addon-sources',
    'The sources of the addon are not part of this program, and the addon is to be built.',
    'Set it up from an installation by npm (npm run setup:gpu), or leave out --addon build.',
  );
}

function notBuilt(what: string): CellsmithError {
  return new CellsmithError(
    'addon-not-built',
    `The addon could not be made: ${what}.`,
    'Try another release of TensorFlow, another compiler in CXX, or in a terminal --addon fetch.',
  );
}
