/** NVIDIA's libraries that a library asks for: those that are here, else wheels by pip. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { NVIDIA as IN_TENSORFLOW, tensorflowFolder } from '../host/tensorflow/setup.ts';
import { CUDA_VARIABLE } from './cudaPackage.ts';
import { neededLibraries } from './elf.ts';
import { expectLibrary, holdsBytes } from './libraryFile.ts';
import { runProgram } from './programs.ts';
import { download, findPython } from './python.ts';
import type { Watch } from './wheel.ts';
import { unpackNvidia } from './wheel.ts';

/** Of CUDA 12 and cuDNN 9: what pip calls them, and where they are together. */
const WHEELS: readonly (readonly [libraries: RegExp, wheel: string, range: string])[] = [
  [/^libcudart\.so\.12$/, 'nvidia-cuda-runtime-cu12', ''],
  [/^libcublas(Lt)?\.so\.12$/, 'nvidia-cublas-cu12', ''],
  [/^libcufftw?\.so\.11$/, 'nvidia-cufft-cu12', ''],
  [/^libcurand\.so\.10$/, 'nvidia-curand-cu12', ''],
  [/^libcusolver\.so\.11$/, 'nvidia-cusolver-cu12', ''],
  [/^libcusparse\.so\.12$/, 'nvidia-cusparse-cu12', ''],
  [/^libnvJitLink\.so\.12$/, 'nvidia-nvjitlink-cu12', ''],
  [/^libnvrtc\.so\.12$/, 'nvidia-cuda-nvrtc-cu12', ''],
  [/^libcudnn\w*\.so\.9$/, 'nvidia-cudnn-cu12', '>=9,<10'],
];
/** The driver brings it, nothing else may. */
const DRIVERS = 'libcuda.so.1';
const CUDNN = 'libcudnn.so.9';
/** Asked for by cuDNN once it computes, not when it is loaded. */
const FOR_CUDNN = 'libnvrtc.so.12';
const TOOLKITS = ['/usr/local/cuda-12/lib64', '/usr/local/cuda/lib64', '/opt/cuda/lib64'];
const CACHES = ['ldconfig', '/sbin/ldconfig'];

export interface NvidiaChoice {
  /** A folder with libraries, or with folders of them. */
  readonly nvidia?: string;
  /** Nothing that is here is taken. */
  readonly pip?: boolean;
  readonly python?: string;
}

interface Getting extends Watch {
  /** The folder that is being set up. */
  readonly into: string;
  readonly downloads: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where NVIDIA's installers put them. */
  readonly toolkits?: readonly string[];
}

/**
 * Those of NVIDIA among what a provider needs, in its order, and what comes in when it computes: it may ask for cuDNN by name
 * then. (It may for cuFFT, too, which no program here uses.)
 */
export async function nvidiaNames(provider: string): Promise<readonly string[]> {
  const needed = await neededLibraries(provider);
  const own = needed.filter((name) => /^lib(cu|nv)/.test(name) && name !== DRIVERS);
  const linked = own.some((name) => name.startsWith('libcudnn'));
  if (!linked && !(await holdsBytes(provider, Buffer.from('cudnn')))) return own;
  const later = [...(linked ? [] : [CUDNN]), FOR_CUDNN];
  return [...own, ...later.filter((name) => !own.includes(name))];
}

/**
 * @returns the paths of the libraries, in the order of `names`
 * @throws CellsmithError `no-nvidia-libraries`, `pip-failed`, `no-python`, `wrong-checksum`, `disk-full` …
 */
export async function nvidiaLibraries(
  names: readonly string[],
  choice: NvidiaChoice,
  getting: Getting,
): Promise<readonly string[]> {
  const groups = groupsOf(names);
  const places = choice.pip === true ? [] : await placesHere(choice, names, getting);
  const found = new Map<string, string>();
  const missing: Group[] = [];
  for (const group of groups) {
    const place = await firstWithAll(places, group.names);
    if (place === undefined) missing.push(group);
    else for (const name of group.names) found.set(name, join(place, name));
  }
  if (missing.length > 0) {
    const fetched = await fetchWheels(missing, choice, getting);
    for (const group of missing) {
      const place = await firstWithAll(fetched, group.names);
      if (place === undefined) throw notFound(group.names, `it is not in the wheel ${group.wheel ?? ''}`);
      for (const name of group.names) found.set(name, join(place, name));
    }
  }
  return names.map((name) => found.get(name) ?? name);
}

/** Libraries that have to be of one release. */
interface Group {
  readonly names: readonly string[];
  readonly wheel?: string;
  readonly range: string;
}

function groupsOf(names: readonly string[]): readonly Group[] {
  const known = WHEELS.map(([pattern, wheel, range]) => ({
    names: names.filter((name) => pattern.test(name)),
    wheel,
    range,
  })).filter((group) => group.names.length > 0);
  const unknown = names.filter((name) => !WHEELS.some(([pattern]) => pattern.test(name)));
  return [...known, ...unknown.map((name) => ({ names: [name], range: '' }))];
}

async function placesHere(
  { nvidia }: NvidiaChoice,
  names: readonly string[],
  { environment = process.env, toolkits = TOOLKITS }: Getting,
): Promise<readonly string[]> {
  const given = nvidia === undefined ? [] : [resolve(nvidia), ...(await foldersIn(resolve(nvidia)))];
  const paths = (environment.LD_LIBRARY_PATH ?? '').split(':').filter((path) => path !== '');
  return [
    ...given,
    ...(await foldersIn(join(tensorflowFolder(environment), IN_TENSORFLOW))),
    ...paths.map((path) => resolve(path)),
    ...(await foldersOfSystem(names)),
    ...toolkits,
    // A list of folders is written with colons between them.
  ].filter((place) => !place.includes(':'));
}

/** `<folder>/<package>/lib`, as wheels have them, `<folder>/lib64` and `<folder>/lib`, as toolkits. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  const packages = await readdir(folder).catch(() => []);
  return [
    ...packages.sort().map((name) => join(folder, name, 'lib')),
    ...['lib64', 'lib'].map((name) => join(folder, name)),
  ];
}

/** Where the system's loader knows libraries of these names. */
async function foldersOfSystem(names: readonly string[]): Promise<readonly string[]> {
  for (const program of CACHES) {
    const listed = await runProgram(program, ['-p'], { timeoutMs: 30_000 }).catch(() => undefined);
    if (listed?.code !== 0) continue;
    const lines = [...listed.out.matchAll(/^\s*(\S+) \(.*\) => (\/.+)$/gm)];
    return [...new Set(lines.filter(([, name]) => names.includes(name)).map(([, , path]) => dirname(path)))];
  }
  return [];
}

async function firstWithAll(
  places: readonly string[],
  names: readonly string[],
): Promise<string | undefined> {
  for (const place of places) {
    const there = await Promise.all(names.map((name) => isLibrary(join(place, name))));
    if (there.every(Boolean)) return place;
  }
  return undefined;
}

async function isLibrary(path: string): Promise<boolean> {
  return stat(path)
    .then(() => expectLibrary(path))
    .then(
      () => true,
      () => false,
    );
}

/** @returns the folders of what came */
async function fetchWheels(
  groups: readonly Group[],
  { python }: NvidiaChoice,
  { into, downloads, onProgress, signal }: Getting,
): Promise<readonly string[]> {
  const wheels = groups.map(({ names, wheel, range }) => {
    if (wheel === undefined) throw notFound(names, 'we know no wheel of NVIDIA that has it');
    return { wheel, range };
  });
  await download(
    await findPython(python),
    wheels.map(({ wheel, range }) => wheel + range),
    downloads,
    { onProgress, signal },
    {
      what: "NVIDIA's libraries",
      instead: 'install CUDA 12 and cuDNN 9, or give a folder that has them (--nvidia in a terminal)',
    },
  );
  const files = await readdir(downloads);
  const came = wheels.flatMap(({ wheel }) =>
    files.filter((file) => file.startsWith(`${wheel.replaceAll('-', '_')}-`) && file.endsWith('.whl')),
  );
  const paths = came.sort().map((file) => join(downloads, file));
  await unpackNvidia(paths, into, CUDA_VARIABLE, { onProgress, signal });
  return foldersIn(join(into, 'nvidia'));
}

function notFound(names: readonly string[], why: string): CellsmithError {
  return new CellsmithError(
    'no-nvidia-libraries',
    `${names.join(' and ')} cannot be found: ${why}.`,
    'Install what has it, or give a folder that has it (--nvidia in a terminal).',
  );
}
