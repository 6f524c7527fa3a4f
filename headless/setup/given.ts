/** What a person has given by one path: which of the sources that is. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError } from '../host/diskErrors.ts';
import type { PackageChoice } from './cudaPackage.ts';
import type { NvidiaChoice } from './nvidia.ts';
import type { Wanted } from './sources.ts';

/**
 * A wheel, an archive, a library; a folder with wheels (TensorFlow's and NVIDIA's), or with a library.
 * @throws CellsmithError `wrong-library`, `not-found` …
 */
export async function givenTensorflow(path: string): Promise<Pick<Wanted, 'wheel' | 'archive' | 'library'>> {
  const full = resolve(path);
  const names = await namesIn(full);
  if (names !== undefined) {
    const { ours, others } = wheelsOf(full, names);
    return ours.length === 0 ? { library: full } : { wheel: [...ours, ...others] };
  }
  if (/\.whl$/.test(full)) return { wheel: [full] };
  if (/\.(tar\.gz|tgz|tar)$/.test(full)) return { archive: full };
  return { library: full };
}

/**
 * Wheels, and those in folders.
 * @throws CellsmithError `not-found` also for a folder without any, `several-files` …
 */
export async function givenWheels(paths: readonly string[]): Promise<readonly string[]> {
  const all: string[] = [];
  for (const path of paths) {
    const names = await namesIn(resolve(path));
    const { ours, others } = wheelsOf(resolve(path), names ?? []);
    const found = names === undefined ? [path] : [...ours, ...others];
    if (found.length === 0)
      throw new CellsmithError(
        'not-found',
        `There is no wheel of TensorFlow or NVIDIA in ${path}.`,
        'Give the wheel itself, or the folder that it lies in.',
      );
    all.push(...found);
  }
  return all;
}

/** TensorFlow's, of which there may be one, and NVIDIA's. */
function wheelsOf(folder: string, names: readonly string[]): Readonly<Record<'ours' | 'others', string[]>> {
  const wheels = names.filter((name) => /^(tensorflow|nvidia)[-_].*\.whl$/.test(name)).sort();
  const ours = wheels.filter((name) => name.startsWith('tensorflow'));
  if (ours.length > 1) throw several(folder, ours);
  const [mine, theirs] = [ours, wheels.filter((name) => !ours.includes(name))].map((part) =>
    part.map((name) => join(folder, name)),
  );
  return { ours: mine, others: theirs };
}

/**
 * The package; or a folder with the package, with libraries of NVIDIA, or both. What is not in it is found as usual.
 * @throws CellsmithError `wrong-library`, `not-found` …
 */
export async function givenCuda(
  path: string,
): Promise<Pick<PackageChoice, 'package'> & Pick<NvidiaChoice, 'nvidia'>> {
  const full = resolve(path);
  const names = await namesIn(full);
  if (names === undefined) return { package: full };
  const packages = names.filter((name) => /\.(nupkg|zip)$/.test(name)).sort();
  if (packages.length > 1) throw several(full, packages);
  return packages.length === 0 ? { nvidia: full } : { nvidia: full, package: join(full, packages[0]) };
}

/** @returns undefined where it is no folder @throws CellsmithError `not-found` … */
async function namesIn(path: string): Promise<readonly string[] | undefined> {
  try {
    return (await stat(path)).isDirectory() ? await readdir(path) : undefined;
  } catch (error) {
    throw diskError(error, 'read', path);
  }
}

function several(folder: string, names: readonly string[]): CellsmithError {
  return new CellsmithError(
    'several-files',
    `${folder} holds several that could be meant: ${names.join(', ')}.`,
    'Give the path of one of them.',
  );
}
