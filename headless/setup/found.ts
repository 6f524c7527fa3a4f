/** What every source of TensorFlow comes down to: the libraries, the headers, NVIDIA's libraries. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError } from '../host/diskErrors.ts';
import type { CheckedBy } from '../host/tensorflow/setup.ts';
import { expectLibrary, expectTensorflow } from './libraryFile.ts';

export interface Found {
  /** For people, and for the record. */
  readonly source: string;
  readonly checkedBy?: CheckedBy;
  /** Absolute; the one with the C interface first, then the framework where it is a file of its own. */
  readonly libraries: readonly string[];
  /** Folder that holds `tensorflow/c/c_api.h`; an addon is compiled with it. */
  readonly headers?: string;
  /** Folder that holds `cuda_runtime/lib` and the like. */
  readonly nvidia?: string;
}

const MAIN = [/^libtensorflow_cc\.so\.2(\.\d+)*$/, /^libtensorflow\.so(\.\d+)*$/];
const FRAMEWORK = /^libtensorflow_framework\.so\.2(\.\d+)*$/;

/**
 * @param path a library, or a folder with it: of libtensorflow, of Python's package, or their parent
 * @param unpackedFrom the file that a person has given, where `path` is only what was taken out of it
 * @throws CellsmithError `wrong-library`, `not-found`
 */
export async function findLibrary(path: string, source: string, unpackedFrom?: string): Promise<Found> {
  const entry = await stat(path).catch((error: unknown) => {
    throw diskError(error, 'read', path);
  });
  const folders = entry.isFile()
    ? [dirname(path)]
    : [path, join(path, 'lib'), join(path, 'tensorflow'), join(path, 'usr', 'lib')];
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).sort();
    const main = entry.isFile() ? basename(path) : firstOf(names, MAIN);
    if (main === undefined) continue;
    const framework = firstOf(names, [FRAMEWORK]);
    const libraries = [main, ...(framework === undefined ? [] : [framework])];
    const full = await Promise.all(libraries.map((name) => realpath(join(folder, name))));
    const known = (library: string): string =>
      unpackedFrom === undefined ? library : `${basename(library)} in ${unpackedFrom}`;
    for (const library of full) await expectLibrary(library, { name: known(library) });
    await expectTensorflow(full[0], known(full[0]));
    const headers = await firstWith(join('tensorflow', 'c', 'c_api.h'), [
      join(folder, 'include'),
      join(folder, '..', 'include'),
    ]);
    const nvidia = await firstWith('', [join(folder, '..', 'nvidia')]);
    return { source, libraries: full, headers, nvidia };
  }
  throw new CellsmithError(
    'wrong-library',
    `${path} holds no TensorFlow library: neither libtensorflow.so.2 nor libtensorflow_cc.so.2 is in it, in lib or in tensorflow.`,
    'Give the folder of libtensorflow, or the site-packages folder of a Python with TensorFlow.',
  );
}

function firstOf(names: readonly string[], patterns: readonly RegExp[]): string | undefined {
  return patterns.flatMap((pattern) => names.filter((name) => pattern.test(name))).at(0);
}

async function firstWith(inside: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const there = await stat(join(folder, inside)).catch(() => undefined);
    if (there !== undefined) return folder;
  }
  return undefined;
}
