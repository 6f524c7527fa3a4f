/** Gets a published data set into a folder: download, check, unpack; nothing twice. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import type { DownloadOptions } from './download.ts';
import { downloadFile } from './download.ts';
import type { PublishedFile, PublishedSet } from './publishedSets.ts';
import { PUBLISHED_SETS } from './publishedSets.ts';
import { unpackGzip, unpackTar } from './unpack.ts';

/** @throws CellsmithError `unknown-published-set` */
export function publishedSet(id: string): PublishedSet {
  const set = PUBLISHED_SETS.find((entry) => entry.id === id);
  if (set !== undefined) return set;
  throw new CellsmithError(
    'unknown-published-set',
    `We know no place to download '${id}' from.`,
    `Choose one of: ${PUBLISHED_SETS.map((entry) => entry.id).join(', ')}.`,
  );
}

/**
 * Leaves the set in `<into>/<set.folder>` and removes the archives.
 * @param options `onProgress` counts the bytes of all files together
 * @returns the source that `openDataset` takes, such as `cifar10:/data/cifar-10-batches-bin`
 */
export async function fetchDataset(
  set: PublishedSet,
  into: string,
  options: DownloadOptions = {},
): Promise<string> {
  const folder = join(into, set.folder);
  if (await isComplete(set, folder)) return `${set.id}:${folder}`;
  await mkdir(into, { recursive: true });
  const total = set.files.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  for (const file of set.files) {
    await fetchFile(set, file, into, {
      ...options,
      onProgress: (done) => options.onProgress?.(before + done, total),
    });
    before += file.bytes;
    options.onProgress?.(before, total);
  }
  if (await isComplete(set, folder)) return `${set.id}:${folder}`;
  throw new CellsmithError(
    'bad-archive',
    `What ${set.title} unpacked to is not complete: ${folder} should hold ${set.provides.join(', ')}.`,
    `Delete the folder and try again, or get the data from ${set.homepage}.`,
  );
}

async function fetchFile(
  set: PublishedSet,
  file: PublishedFile,
  into: string,
  options: DownloadOptions,
): Promise<void> {
  const folder = join(into, set.folder);
  const plain = join(folder, set.packed === 'gz' ? file.name.replace(/\.gz$/, '') : file.name);
  if (set.packed !== 'tar.gz' && (await exists(plain))) return;
  const arrived = set.packed === 'tar.gz' ? join(into, file.name) : join(folder, file.name);
  // A whole one is left where unpacking failed, for example on a full disk.
  if (!(await exists(arrived))) await fromMirrors(file, arrived, options);
  if (set.packed === 'no') return;
  if (set.packed === 'gz') await unpackGzip(arrived, plain, set.unpackedBytes);
  else await unpackTar(arrived, into, set.folder, set.unpackedBytes);
  await rm(arrived, { force: true });
}

async function fromMirrors(file: PublishedFile, to: string, options: DownloadOptions): Promise<void> {
  for (const [i, url] of file.urls.entries()) {
    try {
      const { bytes, sha256, md5 } = file;
      return await downloadFile({ url, to, bytes, sha256, md5 }, options);
    } catch (error) {
      const another =
        error instanceof CellsmithError && ['download-failed', 'wrong-checksum'].includes(error.code);
      if (!another || i + 1 === file.urls.length) throw error;
    }
  }
}

async function isComplete(set: PublishedSet, folder: string): Promise<boolean> {
  const found = await Promise.all(set.provides.map((name) => exists(join(folder, name))));
  return found.every(Boolean);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
