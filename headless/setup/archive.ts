/** TensorFlow's C library as the project publishes it: an archive with lib/ and include/. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError, systemCode } from '../host/diskErrors.ts';
import { downloadFile } from '../host/download.ts';
import { type CheckedBy, LIBRARIES } from '../host/tensorflow/setup.ts';
import { badArchive } from '../host/unpack.ts';
import { isAddress } from './address.ts';
import type { Found } from './found.ts';
import { findLibrary } from './found.ts';
import { firstBytes } from './libraryFile.ts';
import { inMegabytes } from './megabytes.ts';
import { HEADERS, type Watch } from './wheel.ts';

const PUBLISHED = 'https://storage.googleapis.com/tensorflow';
const ASKING_MS = 60_000;

/** TensorFlow.js' own release is built for this one, and CUDA 11.2. */
export const OFFICIAL_VERSION = '2.9.1';
/** The last that is published as an archive, for CUDA 12. */
export const NEWEST_VERSION = '2.18.0';

export function officialArchive(cpu: boolean): string {
  return `${PUBLISHED}/libtensorflow/libtensorflow-${cpu ? 'cpu' : 'gpu'}-linux-x86_64-${OFFICIAL_VERSION}.tar.gz`;
}

export function newestArchive(cpu: boolean): string {
  return `${PUBLISHED}/versions/${NEWEST_VERSION}/libtensorflow-${cpu ? 'cpu' : 'gpu'}-linux-x86_64.tar.gz`;
}

export interface Fetching extends Watch {
  readonly downloads: string;
  /** Hexadecimal; where given, the file must have it. */
  readonly sha256?: string;
}

/**
 * @param from a file, or an address
 * @throws CellsmithError `wrong-checksum`, `bad-archive`, `wrong-library`, `download-failed`, `disk-full` …
 */
export async function unpackedArchive(from: string, into: string, fetching: Fetching): Promise<Found> {
  if (from.startsWith(PUBLISHED)) expectPublished();
  const { path, checkedBy } = await localFile(from, fetching);
  await expectTar(path, from);
  await extractInto(path, into, [
    [/^(?:\.\/)?lib\/(libtensorflow(?:_framework)?\.so[\d.]*)$/, LIBRARIES],
    [/^(?:\.\/)?include\/([\w./-]+\.h)$/, HEADERS],
  ]);
  if ((await readdir(join(into, LIBRARIES)).catch(() => [])).length === 0) {
    throw new CellsmithError(
      'wrong-library',
      `${from} cannot be used: there is no lib/libtensorflow.so in it.`,
      'Give an archive of libtensorflow for Linux.',
    );
  }
  const found = await findLibrary(join(into, LIBRARIES), basename(from), from);
  return { ...found, checkedBy, headers: join(into, HEADERS) };
}

/** A wheel is whole, though no archive of this kind: nobody shall delete it. */
async function expectTar(path: string, from: string): Promise<void> {
  if ((await firstBytes(path, 4)).toString('latin1') !== 'PK\x03\x04') return;
  throw new CellsmithError(
    'wrong-library',
    `${from} cannot be used: it is a zip archive, such as a wheel, and no tar archive of libtensorflow.`,
    'A wheel is given with --wheel in a terminal; in the window, its name must end in .whl.',
  );
}

function expectPublished(): void {
  if (process.arch === 'x64') return;
  throw new CellsmithError(
    'tensorflow-unsupported',
    `TensorFlow publishes archives of its C library for Linux on x64 only; this is ${process.arch}.`,
    'Take a wheel: --pip, or --wheel.',
  );
}

export interface LocalFile {
  readonly path: string;
  readonly checkedBy: CheckedBy;
}

/** Downloads what is an address, and was not kept; checks what can be checked, and says what that was. */
export async function localFile(
  from: string,
  { downloads, onProgress, sha256, signal }: Fetching,
): Promise<LocalFile> {
  const given = sha256 === undefined ? undefined : 'given';
  if (isAddress(from)) {
    const { pathname, href } = new URL(from);
    const to = join(downloads, `${keyOf(href)}-${basename(pathname)}`);
    const md5 = sha256 === undefined ? await publishedMd5(from, signal) : undefined;
    const there = await stat(to).catch(() => undefined);
    if (there === undefined || !(await isHeldTo(to, { sha256, md5 }))) {
      await downloadFile(
        { url: from, to, sha256, md5 },
        { signal, onProgress: inMegabytes(`downloading ${basename(pathname)}`, onProgress) },
      );
    }
    return { path: to, checkedBy: given ?? (md5 === undefined ? 'nothing' : 'storage') };
  }
  if (sha256 !== undefined && (await sha256Of(from)) !== sha256) {
    throw new CellsmithError(
      'wrong-checksum',
      `${from} is not the file that was asked for: its sha256 is not ${sha256}.`,
      'Download it again, or leave out --sha256.',
    );
  }
  return { path: from, checkedBy: given ?? 'nothing' };
}

/** Tells kept downloads apart: archives of all versions have one name. */
const keyOf = (address: string): string => createHash('sha256').update(address).digest('hex').slice(0, 12);

async function isHeldTo(
  path: string,
  sums: Readonly<Record<'sha256' | 'md5', string | undefined>>,
): Promise<boolean> {
  for (const kind of ['sha256', 'md5'] as const)
    if (sums[kind] !== undefined && (await digestOf(path, kind)) !== sums[kind]) return false;
  return true;
}

/** Google's storage states it with the file. @returns undefined also where it cannot be asked */
async function publishedMd5(url: string, signal?: AbortSignal): Promise<string | undefined> {
  const within = AbortSignal.any([AbortSignal.timeout(ASKING_MS), ...(signal ? [signal] : [])]);
  const response = await fetch(url, { method: 'HEAD', signal: within }).catch(() => undefined);
  const stated = /md5=([\w+/]+=*)/.exec(response?.headers.get('x-goog-hash') ?? '')?.[1];
  return stated === undefined ? undefined : Buffer.from(stated, 'base64').toString('hex');
}

export const sha256Of = (path: string): Promise<string> => digestOf(path, 'sha256');

/** Hexadecimal. */
export async function digestOf(path: string, kind: 'sha256' | 'sha512' | 'md5'): Promise<string> {
  const hash = createHash(kind);
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  } catch (error) {
    throw diskError(error, 'read', path);
  }
  return hash.digest('hex');
}

/** Takes plain files only, those whose path matches, by the name that the pattern caught. Links are made anew later. */
export async function extractInto(
  archive: string,
  into: string,
  wanted: readonly (readonly [pattern: RegExp, folder: string])[],
): Promise<void> {
  const place = (path: string): string | undefined => {
    for (const [pattern, folder] of wanted) {
      const name = pattern.exec(path)?.[1];
      if (name !== undefined && !name.split('/').includes('..')) return join(folder, name);
    }
    return undefined;
  };
  const unpacked = join(into, 'unpacked');
  try {
    await mkdir(unpacked, { recursive: true });
    await extract({
      file: archive,
      cwd: unpacked,
      strict: true,
      filter: (path, entry) => 'type' in entry && /File$/.test(entry.type) && place(path) !== undefined,
    });
    for (const entry of await readdir(unpacked, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const from = join(entry.parentPath, entry.name);
      const to = place(from.slice(unpacked.length + 1));
      if (to === undefined) continue;
      await mkdir(join(into, to, '..'), { recursive: true });
      await rename(from, join(into, to));
    }
  } catch (error) {
    const code = systemCode(error);
    if (code !== undefined && !/^(Z_|TAR_|ERR_)/.test(code)) throw diskError(error, 'unpack', archive);
    throw badArchive(archive, error instanceof Error ? error.message : String(error));
  }
}
