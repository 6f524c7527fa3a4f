/** TensorFlow from Python: what is installed there, or what pip downloads. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { Found } from './found.ts';
import { findLibrary } from './found.ts';
import { firstThatRuns, howEnded, runProgram } from './programs.ts';
import { inMegabytes } from './megabytes.ts';
import type { Progress, Watch } from './wheel.ts';
import { nvidiaRequirements, unpackWheels } from './wheel.ts';

/** The release that Cellsmith was tried with. */
export const TENSORFLOW_VERSION = '2.21.0';
const PYTHONS = ['python3', 'python'];
const INSTEAD = 'get the wheel by other means and give that (--wheel in a terminal)';

export interface PipOptions {
  /** What is downloaded, for people. */
  readonly what?: string;
  /** What a person can do where pip cannot. */
  readonly instead?: string;
}

/** Finds the package without loading it; prints its folder and version. */
const WHERE = `
import importlib.metadata as m, importlib.util as u, os
spec = u.find_spec('tensorflow')
if spec and spec.origin:
    d = [d for n in ('tensorflow', 'tensorflow-cpu', 'tensorflow_cpu') for d in m.distributions(name=n)]
    print(os.path.dirname(spec.origin)); print(d[0].version if d else ''); print(d[0].name if d else '')
`;

/** @param given else the usual names @throws CellsmithError `no-python` */
export async function findPython(given?: string): Promise<string> {
  const python = await firstThatRuns(given === undefined ? PYTHONS : [given], ['--version']);
  if (python !== undefined) return python;
  throw new CellsmithError(
    'no-python',
    given === undefined ? 'There is no Python here.' : `${given} is no Python that can be started.`,
    'Install Python with pip, or give a file or folder that is here. In a terminal, --python names one.',
  );
}

/**
 * Used where it lies, headers and NVIDIA's libraries too.
 * @param forNvidia refuses one that knows the processor only
 * @throws CellsmithError `no-tensorflow-in-python`, `wrong-library`
 */
export async function installedTensorflow(
  python: string,
  forNvidia: boolean,
  signal?: AbortSignal,
): Promise<Found> {
  const { code, out } = await runProgram(python, ['-c', WHERE], { timeoutMs: 60_000, signal });
  const [folder, version = '', name = ''] = out.trim().split('\n');
  if (code !== 0 || folder === '') throw notInstalled(`${python} has no TensorFlow installed.`);
  if (forNvidia && /cpu$/.test(name))
    throw notInstalled(
      `${python} has TensorFlow for the processor only (${name}), and one for NVIDIA cards is wanted.`,
    );
  return findLibrary(folder, `TensorFlow ${version} installed for ${python}`);
}

function notInstalled(what: string): CellsmithError {
  return new CellsmithError('no-tensorflow-in-python', what, 'Leave out --installed, and it is downloaded.');
}

/**
 * Downloads the wheel, and for NVIDIA cards the wheels of NVIDIA that it asks for; pip checks them against its index.
 * Any Python will do: the wheel is for Python 3.11, but what is in the library is the same.
 * @param downloads a folder; what was downloaded before is not downloaded again
 * @throws CellsmithError `pip-failed` …
 */
export async function downloadedTensorflow(
  python: string,
  { cpu, downloads, into, ...watch }: Watch & { cpu: boolean; downloads: string; into: string },
): Promise<Found> {
  const name = cpu ? 'tensorflow_cpu' : 'tensorflow';
  await download(python, [`${name.replace('_', '-')}==${TENSORFLOW_VERSION}`], downloads, watch);
  const wheel = (await readdir(downloads)).find((file) => file.startsWith(`${name}-${TENSORFLOW_VERSION}-`));
  if (wheel === undefined) throw pipFailed(python, `it left no wheel of ${name}`);
  const path = join(downloads, wheel);
  const wheels = [path];
  if (!cpu) {
    const wanted = await nvidiaRequirements(path, downloads);
    if (wanted.length > 0) await download(python, wanted, downloads, watch);
    const nvidia = (await readdir(downloads)).filter((file) => /^nvidia_.*\.whl$/.test(file));
    wheels.push(...nvidia.sort().map((file) => join(downloads, file)));
  }
  return unpackWheels(wheels, into, watch);
}

/** Wheels of what is required, for any Python. @throws CellsmithError `pip-failed` */
export async function download(
  python: string,
  requirements: readonly string[],
  to: string,
  { onProgress, signal }: Watch,
  { what = 'TensorFlow', instead = INSTEAD }: PipOptions = {},
): Promise<void> {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const systems = ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].flatMap((system) => [
    '--platform',
    `${system}_${machine}`,
  ]);
  const python311 = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--abi', 'none'];
  const how = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
  const bar = ['--progress-bar', (await countsBytes(python, signal)) ? 'raw' : 'off'];
  onProgress(`downloading ${requirements.join(', ')}`, 0, 0);
  const ended = await runProgram(
    python,
    ['-m', 'pip', 'download', ...how, ...bar, ...systems, ...python311, '--dest', to, ...requirements],
    // However long it takes: pip gives up by itself where a server is silent, and a person may cancel it.
    { onLine: pipWords(onProgress), signal },
  );
  if (ended.code === 0) return;
  const said = ended.errors.split('\n').filter((line) => /^ERROR|No module named pip/.test(line));
  const why = said[0]?.replace(/^ERROR: /, '') ?? `it ${howEnded(ended)}`;
  throw pipFailed(python, why, what, instead);
}

/** From 24.1 on, pip tells how far a download is, for programs to read. */
async function countsBytes(python: string, signal: AbortSignal | undefined): Promise<boolean> {
  const { out } = await runProgram(python, ['-m', 'pip', '--version'], { timeoutMs: 60_000, signal });
  const [, major, minor] = /^pip (\d+)\.(\d+)/.exec(out) ?? ['', '0', '0'];
  return Number(major) > 24 || (Number(major) === 24 && Number(minor) >= 1);
}

/** What pip says of a file, and then how many bytes of it have come, such as `Progress 1024 of 4096`. */
function pipWords(onProgress: Progress): (line: string) => void {
  let what = 'downloading';
  return (line) => {
    const counted = /^Progress (\d+) of (\d+)$/.exec(line);
    const file = /^Downloading (?:\S*\/)?([^/\s]+)/.exec(line);
    if (file !== null) what = `downloading ${file[1]}`;
    if (counted === null) return onProgress(line, 0, 0);
    inMegabytes(what, onProgress)(Number(counted[1]), Number(counted[2]));
  };
}

function pipFailed(python: string, why: string, what = 'TensorFlow', instead = INSTEAD): CellsmithError {
  return new CellsmithError(
    'pip-failed',
    `pip of ${python} could not download ${what}: ${why.replace(/\.$/, '')}.`,
    `Check the connection, or ${instead}. In a terminal, --python names another Python.`,
  );
}
