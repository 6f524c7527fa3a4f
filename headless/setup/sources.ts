/** Where TensorFlow can come from, and in which order it is looked for where nobody says. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { expectAddressOrPath, isAddress } from './address.ts';
import {
  type Fetching,
  localFile,
  newestArchive,
  OFFICIAL_VERSION,
  officialArchive,
  unpackedArchive,
} from './archive.ts';
import type { Found } from './found.ts';
import { findLibrary } from './found.ts';
import { downloadedTensorflow, findPython, installedTensorflow, TENSORFLOW_VERSION } from './python.ts';
import { expectFile, unpackWheels } from './wheel.ts';

export interface Source {
  readonly title: string;
  /** @param into the folder that is being set up; what is unpacked goes there */
  get(into: string, fetching: Fetching): Promise<Found>;
}

/** What a person asks for; at most one of the sources. */
export interface Wanted {
  readonly library?: string;
  readonly wheel?: readonly string[];
  readonly archive?: string | true;
  readonly official?: boolean;
  readonly installed?: boolean;
  readonly pip?: boolean;
  readonly python?: string;
  readonly cpu: boolean;
}

const NAMES = ['library', 'wheel', 'archive', 'official', 'installed', 'pip'] as const;

/** @throws CellsmithError `bad-usage` where several are named, or an address is none */
export function sourcesOf(wanted: Wanted): readonly Source[] {
  const named = NAMES.filter((name) => wanted[name] !== undefined && wanted[name] !== false);
  if (named.length > 1) {
    throw new CellsmithError(
      'bad-usage',
      `There can be one source only, not ${named.map((name) => `--${name}`).join(' and ')}.`,
      'Leave out all but one.',
    );
  }
  switch (named[0]) {
    case 'library':
      return [givenLibrary(wanted.library ?? '')];
    case 'wheel':
      return [givenWheels(wanted.wheel ?? [])];
    case 'archive':
      if (typeof wanted.archive === 'string') expectAddressOrPath(wanted.archive, '--archive');
      return [archive(wanted.archive === true ? newestArchive(wanted.cpu) : (wanted.archive ?? ''))];
    case 'official':
      return [
        archive(officialArchive(wanted.cpu), `libtensorflow ${OFFICIAL_VERSION}, of TensorFlow.js' release`),
      ];
    case 'installed':
      return [installed(wanted)];
    case 'pip':
      return [pip(wanted)];
    case undefined:
      return [installed(wanted, !wanted.cpu), pip(wanted), archive(newestArchive(wanted.cpu))];
  }
}

function givenLibrary(path: string): Source {
  return { title: path, get: () => findLibrary(resolve(path), resolve(path)) };
}

function givenWheels(paths: readonly string[]): Source {
  return {
    title: paths.join(', '),
    async get(into, fetching) {
      for (const path of paths) await expectFile(path);
      const { checkedBy } = await localFile(paths[0], fetching);
      const full = paths.map((path) => resolve(path));
      const found = await unpackWheels(full, into, fetching);
      return checkedBy === 'given' ? { ...found, checkedBy } : found;
    },
  };
}

function archive(from: string, title = from): Source {
  return {
    title,
    async get(into, fetching) {
      const path = isAddress(from) ? from : resolve(from);
      const found = await unpackedArchive(path, into, fetching);
      return title === from ? found : { ...found, source: title };
    },
  };
}

function installed({ python }: Wanted, forNvidia = false): Source {
  return {
    title: 'TensorFlow installed for Python',
    get: async (_into, { signal }) => installedTensorflow(await findPython(python), forNvidia, signal),
  };
}

function pip({ python, cpu }: Wanted): Source {
  return {
    title: `TensorFlow ${TENSORFLOW_VERSION} by pip`,
    get: async (into, { downloads, onProgress, signal }) =>
      downloadedTensorflow(await findPython(python), { cpu, downloads, into, onProgress, signal }),
  };
}

/** Of the driver for Linux, and of Windows' where it is handed on to WSL 2. */
const DRIVERS = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1'];

export async function hasNvidiaDriver(drivers: readonly string[] = DRIVERS): Promise<boolean> {
  for (const path of drivers) if ((await stat(path).catch(() => undefined)) !== undefined) return true;
  return false;
}
