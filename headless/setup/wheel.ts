/** Takes out of Python's wheels what an addon needs: TensorFlow's library and headers, NVIDIA's libraries. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CellsmithError } from '../../core/base/errors.ts';
import { LIBRARIES, NVIDIA } from '../host/tensorflow/setup.ts';
import { readFile, rm } from 'node:fs/promises';
import { expectRoom } from './folders.ts';
import type { Found } from './found.ts';
import { findLibrary } from './found.ts';
import type { ZipEntry } from './zip.ts';
import { extractEntry, listZip } from './zip.ts';

const LIBRARY = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/;
/** What c_api.h and eager/c_api.h include, in this and in older releases. */
const HEADER =
  /^tensorflow\/include\/((?:tensorflow\/(?:c|core\/platform|tsl\/platform)|tsl\/(?:c|platform)|xla\/(?:tsl\/)?(?:c|platform))\/[\w./-]+\.h)$/;
const NVIDIA_LIBRARY = /^nvidia\/([\w-]+\/lib\/lib[\w.+-]+\.so[\w.]*)$/;
export const HEADERS = 'include';

export type Progress = (what: string, done: number, total: number) => void;

/** Of work that takes long. */
export interface Watch {
  readonly onProgress: Progress;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/**
 * @param wheels TensorFlow's, and those of NVIDIA that belong to it
 * @param into the folder that is being set up
 * @throws CellsmithError `wrong-library` where it is for another system, `bad-archive`, `wrong-checksum`, `disk-full`
 */
export async function unpackWheels(wheels: readonly string[], into: string, watch: Watch): Promise<Found> {
  const plan = await planned(wheels, targetOf);
  if (!plan.some(({ entry }) => LIBRARY.test(entry.name))) {
    throw new CellsmithError(
      'wrong-library',
      `${wheels.join(', ')} cannot be used: it is not a wheel of TensorFlow for Linux with its library inside.`,
      'Download one: python3 -m pip download --no-deps tensorflow-cpu, or tensorflow for NVIDIA cards.',
    );
  }
  await unpack(plan, into, "TensorFlow's libraries need", 'CELLSMITH_TENSORFLOW', watch);
  const found = await findLibrary(join(into, LIBRARIES), basename(wheels[0]), wheels[0]);
  const nvidia = plan.some(({ entry }) => NVIDIA_LIBRARY.test(entry.name)) ? join(into, NVIDIA) : undefined;
  return { ...found, checkedBy: 'wheel', headers: join(into, HEADERS), nvidia };
}

/**
 * The libraries in wheels of NVIDIA, to `<into>/nvidia/<package>/lib`.
 * @param variable of the environment that names the folder
 * @throws CellsmithError `bad-archive`, `wrong-checksum`, `disk-full`
 */
export async function unpackNvidia(
  wheels: readonly string[],
  into: string,
  variable: string,
  watch: Watch,
): Promise<void> {
  const plan = await planned(wheels, (name) => {
    const path = name.split('/').includes('..') ? undefined : NVIDIA_LIBRARY.exec(name)?.[1];
    return path === undefined ? undefined : join('nvidia', path);
  });
  await unpack(plan, into, "NVIDIA's libraries need", variable, watch);
}

interface Planned {
  readonly wheel: string;
  readonly entry: ZipEntry;
  readonly target: string;
}

async function planned(
  wheels: readonly string[],
  place: (name: string) => string | undefined,
): Promise<readonly Planned[]> {
  const plan: Planned[] = [];
  for (const wheel of wheels) {
    for (const entry of await listZip(wheel)) {
      const target = place(entry.name);
      if (target !== undefined) plan.push({ wheel, entry, target });
    }
  }
  return plan;
}

async function unpack(
  plan: readonly Planned[],
  into: string,
  what: string,
  variable: string,
  { onProgress, signal }: Watch,
): Promise<void> {
  const total = plan.reduce((sum, { entry }) => sum + entry.bytes, 0);
  await expectRoom(into, total, what, variable);
  const records = new Map<string, ReadonlyMap<string, string>>();
  let done = 0;
  for (const { wheel, entry, target } of plan) {
    const record = records.get(wheel) ?? (await recordOf(wheel, into));
    records.set(wheel, record);
    const sha256 = await extractEntry(wheel, entry, join(into, target), signal);
    expectSame(wheel, entry.name, sha256, record.get(entry.name));
    onProgress('unpacking, MB', Math.round((done += entry.bytes) / 1e6), Math.round(total / 1e6));
  }
}

function targetOf(name: string): string | undefined {
  if (name.split('/').includes('..')) return undefined;
  const library = LIBRARY.exec(name)?.[1];
  if (library !== undefined) return join(LIBRARIES, library);
  const header = HEADER.exec(name)?.[1];
  if (header !== undefined) return join(HEADERS, header);
  const nvidia = NVIDIA_LIBRARY.exec(name)?.[1];
  return nvidia === undefined ? undefined : join(NVIDIA, nvidia);
}

/** What NVIDIA's libraries TensorFlow asks pip for, such as `nvidia-cublas-cu12<13.0,>=12.5.3.2`. */
export async function nvidiaRequirements(wheel: string, scratch: string): Promise<readonly string[]> {
  const metadata = await textOf(wheel, /^[^/]+\.dist-info\/METADATA$/, scratch);
  return [...metadata.matchAll(/^Requires-Dist: (nvidia-[^;]+?)\s*;.*extra == ["']and-cuda["']/gm)].map(
    ([, requirement]) => requirement.replace(/[ ()]/g, ''),
  );
}

/** SHA-256 in hexadecimal, by name, as the wheel itself states. */
async function recordOf(wheel: string, scratch: string): Promise<ReadonlyMap<string, string>> {
  const text = await textOf(wheel, /^[^/]+\.dist-info\/RECORD$/, scratch);
  return new Map(
    [...text.matchAll(/^"?(.+?)"?,sha256=([\w-]+)=*,/gm)].map(([, name, digest]) => [
      name,
      Buffer.from(digest, 'base64url').toString('hex'),
    ]),
  );
}

async function textOf(wheel: string, name: RegExp, scratch: string): Promise<string> {
  const entry = (await listZip(wheel)).find((one) => name.test(one.name));
  if (entry === undefined) return '';
  const target = join(scratch, 'text-of-wheel');
  await extractEntry(wheel, entry, target);
  const text = await readFile(target, 'utf8');
  await rm(target);
  return text;
}

function expectSame(wheel: string, name: string, found: string, stated: string | undefined): void {
  if (found === stated) return;
  throw new CellsmithError(
    'wrong-checksum',
    `${name} in ${wheel} is not the published file: its sha256 should be ${stated ?? 'stated'}, but is ${found}.`,
    'Delete the wheel and download it again.',
  );
}

/** @throws CellsmithError `not-found` */
export async function expectFile(path: string): Promise<void> {
  if (
    await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    )
  )
    return;
  throw new CellsmithError('not-found', `There is no file ${path}.`, 'Check the path.');
}
