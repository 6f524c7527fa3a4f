/** The package with ONNX Runtime's CUDA provider: which one belongs to what npm has installed, fetched, checked, taken out. */
import { createRequire } from 'node:module';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';
import { CUDA_LIBRARIES, type CudaSetup } from '../host/cuda/setup.ts';
import { downloadFile } from '../host/download.ts';
import { expectAddress, expectAddressOrPath, isAddress } from './address.ts';
import { digestOf } from './archive.ts';
import { expectRoom } from './folders.ts';
import { expectLibrary } from './libraryFile.ts';
import { publishedPackage } from './nuget.ts';
import { inMegabytes } from './megabytes.ts';
import type { Watch } from './wheel.ts';
import { expectFile } from './wheel.ts';
import { extractEntry, listZip } from './zip.ts';

export const CUDA_VARIABLE = 'CELLSMITH_CUDA';
const KINDS = ['sha256', 'sha512'] as const;

/** What the installed onnxruntime-node names. */
export interface CudaPackage {
  readonly name: string;
  readonly version: string;
  /** The index of the feed that has it. */
  readonly feed: string;
  /** Paths in it. */
  readonly files: readonly string[];
}

/** What a person asks for. */
export interface PackageChoice {
  /** A file, or an address; else it comes from the feed. */
  readonly package?: string;
  readonly feed?: string;
  /** Hexadecimal. */
  readonly sha256?: string;
  readonly sha512?: string;
}

export interface PackageFile {
  readonly path: string;
  readonly source: string;
  readonly checkedBy: CudaSetup['checkedBy'];
}

interface Fetching extends Watch {
  readonly downloads: string;
}

/** Of the install script of onnxruntime-node, which is not run. */
const Metadata = z.object({
  manifests: z.object({
    'linux/x64:cuda12': z.record(z.string(), z.object({ package: z.string(), path: z.string() })),
  }),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string(),
      versions: z.array(z.object({ feed: z.string(), version: z.string() })).min(1),
    }),
  ),
  feeds: z.record(z.string(), z.object({ index: z.url() })),
});
/** TensorRT, which is in it too, is not used. */
const WANTED = /\/libonnxruntime_providers_(cuda|shared)\.so$/;

export function cudaPackage(): CudaPackage {
  const require = createRequire(import.meta.url);
  const { manifests, packages, feeds } = Metadata.parse(
    require('onnxruntime-node/script/install-metadata.js'),
  );
  const files = Object.values(manifests['linux/x64:cuda12']).filter(({ path }) => WANTED.test(path));
  const { name, versions } = packages[files[0].package];
  const [{ version, feed }] = versions;
  return { name, version, feed: feeds[feed].index, files: files.map(({ path }) => path) };
}

/** @throws CellsmithError `bad-usage` where one thing is named twice, or an address is none */
export function expectChoice({ package: given, feed }: PackageChoice): void {
  if (given !== undefined && feed !== undefined)
    throw new CellsmithError('bad-usage', 'There can be one of --package and --feed only.', 'Leave out one.');
  if (given !== undefined) expectAddressOrPath(given, '--package');
  if (feed !== undefined) expectAddress(feed, '--feed');
}

/**
 * @throws CellsmithError `bad-usage`, `not-found`, `wrong-checksum`, `no-checksum`, `bad-feed`, `download-failed`,
 * `cancelled`, `disk-full`
 */
export async function fetchPackage(
  { name, version, feed }: CudaPackage,
  choice: PackageChoice,
  fetching: Fetching,
): Promise<PackageFile> {
  expectChoice(choice);
  const { package: given, ...sums } = choice;
  const hasSum = KINDS.some((kind) => sums[kind] !== undefined);
  if (given !== undefined) {
    const checkedBy = hasSum ? 'given' : 'nothing';
    if (isAddress(given))
      return { path: await downloaded(given, sums, undefined, fetching), source: given, checkedBy };
    const path = resolve(given);
    await expectFile(path);
    for (const kind of KINDS) await expectSum(path, kind, sums[kind]);
    return { path, source: path, checkedBy };
  }
  const index = choice.feed ?? feed;
  fetching.onProgress(`asking ${new URL(index).host} for ${name} ${version}`, 0, 0);
  const published = await publishedPackage(index, name, version, fetching.signal);
  const sha512 = sums.sha512 ?? published.sha512;
  if (sha512 === undefined && sums.sha256 === undefined) {
    throw new CellsmithError(
      'no-checksum',
      `${index} states no SHA-512 of ${name} ${version}, so what comes could not be checked.`,
      'Name the one that you trust with --sha512 or --sha256.',
    );
  }
  const path = await downloaded(published.url, { ...sums, sha512 }, published.bytes, fetching);
  return { path, source: `${name} ${version} of ${index}`, checkedBy: hasSum ? 'given' : 'feed' };
}

async function downloaded(
  url: string,
  sums: Pick<PackageChoice, 'sha256' | 'sha512'>,
  bytes: number | undefined,
  { downloads, onProgress, signal }: Fetching,
): Promise<string> {
  const to = join(downloads, basename(new URL(url).pathname));
  const there = await stat(to).catch(() => undefined);
  const known = KINDS.filter((kind) => sums[kind] !== undefined);
  if (there !== undefined && known.length > 0) {
    const found = await Promise.all(known.map((kind) => digestOf(to, kind)));
    if (known.every((kind, i) => sums[kind] === found[i])) return to;
  }
  await expectRoom(downloads, bytes ?? 0, 'The package needs', CUDA_VARIABLE);
  const { sha256, sha512 } = sums;
  await downloadFile(
    { url, to, bytes, sha256, sha512 },
    { signal, onProgress: inMegabytes(`downloading ${basename(to)}`, onProgress) },
  );
  return to;
}

async function expectSum(
  path: string,
  kind: (typeof KINDS)[number],
  wanted: string | undefined,
): Promise<void> {
  if (wanted === undefined || (await digestOf(path, kind)) === wanted) return;
  throw new CellsmithError(
    'wrong-checksum',
    `${path} is not the file that was asked for: its ${kind} is not ${wanted}.`,
    `Download it again, or leave out --${kind}.`,
  );
}

/**
 * Puts the provider's libraries into `<into>/lib`.
 * @throws CellsmithError `wrong-package`, `wrong-library`, `bad-archive`, `disk-full`
 */
export async function takeProvider(
  { path }: PackageFile,
  wanted: CudaPackage,
  into: string,
  { onProgress, signal }: Watch,
): Promise<void> {
  const entries = await listZip(path);
  const description = entries.find(({ name }) => /^[^/]+\.nuspec$/.test(name));
  if (description === undefined) throw wrongPackage(path, wanted, 'it is no package of NuGet');
  const text = join(into, 'description');
  await extractEntry(path, description, text);
  const { id, version } = described(await readFile(text, 'utf8'));
  await rm(text);
  if (id.toLowerCase() !== wanted.name.toLowerCase() || version !== wanted.version)
    throw wrongPackage(path, wanted, `it is ${id} ${version}`);
  const found = wanted.files.map((file) => {
    const entry = entries.find(({ name }) => name === file);
    if (entry === undefined) throw wrongPackage(path, wanted, `${file} is not in it`);
    return entry;
  });
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  await expectRoom(into, total, 'The provider needs', CUDA_VARIABLE);
  let done = 0;
  for (const entry of found) {
    const target = join(into, CUDA_LIBRARIES, basename(entry.name));
    await extractEntry(path, entry, target, signal);
    await expectLibrary(target, {
      name: `${basename(entry.name)} in ${path}`,
      hint: `Give the package ${wanted.name} for this processor.`,
    });
    onProgress('unpacking, MB', Math.round((done += entry.bytes) / 1e6), Math.round(total / 1e6));
  }
}

function described(nuspec: string): { readonly id: string; readonly version: string } {
  const [id, version] = ['id', 'version'].map(
    (tag) => new RegExp(`<${tag}>\\s*([^<\\s]+)\\s*</${tag}>`).exec(nuspec)?.[1] ?? `without ${tag}`,
  );
  return { id, version };
}

function wrongPackage(path: string, { name, version }: CudaPackage, what: string): CellsmithError {
  return new CellsmithError(
    'wrong-package',
    `${path} cannot be used: ${what}.`,
    `What belongs to the installed ONNX Runtime is the package ${name} ${version}.`,
  );
}
