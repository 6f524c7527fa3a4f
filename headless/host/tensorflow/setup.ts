/** The native TensorFlow library that was set up on this computer: where it lies, what it is, whether it is whole. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { CellsmithError } from '../../../core/base/errors.ts';
import { readRecord, setupFolder } from '../setupRecord.ts';

/** What a file was held to when it was taken: the storage's checksum, a person's, those in a wheel. */
const CheckedBy = z.enum(['storage', 'given', 'wheel', 'nothing']);
export type CheckedBy = z.infer<typeof CheckedBy>;

/** What was set up, as it is on record. */
export const Setup = z.strictObject({
  format: z.literal(1),
  /** Where the library is from, for people. */
  source: z.string(),
  /** Missing where it is used where it lies. */
  checkedBy: CheckedBy.optional(),
  /** TensorFlow's own: below the folder, or elsewhere and absolute. */
  libraries: z.array(z.strictObject({ path: z.string(), bytes: z.number().int() })).min(1),
  /** Folder of NVIDIA's libraries, likewise. */
  nvidia: z.string().optional(),
  /** Below the folder: loaded before the addon, and with it NVIDIA's libraries, where the addon does not ask for them. */
  preloaded: z.string().optional(),
  addon: z.strictObject({
    origin: z.enum(['built', 'fetched', 'given']),
    /** Of one that was fetched. */
    checkedBy: CheckedBy.optional(),
    sha256: z.string(),
  }),
  /** What it computed on when it was tried. */
  device: z.string().optional(),
  madeAt: z.iso.datetime(),
});
export type Setup = z.infer<typeof Setup>;

export const MANIFEST = 'tensorflow.json';
/** Beside `deps/lib`, where the addon of TensorFlow.js' own release looks for the library. */
export const ADDON = join('lib', 'napi-v8', 'tfjs_binding.node');
/** Names NVIDIA's libraries; see `headless/setup/elf.ts`. */
export const PRELOADED = join('lib', 'libcellsmith_tensorflow.so');
export const LIBRARIES = join('deps', 'lib');
/** Where libraries of TensorFlow's wheels look for those of NVIDIA: `$ORIGIN/../nvidia`. */
export const NVIDIA = join('deps', 'nvidia');

const AGAIN = 'Set it up again: on the page “This machine” of the window, or by npm run setup:gpu.';

/** @returns CELLSMITH_TENSORFLOW, else `tensorflow` in the home folder */
export function tensorflowFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return setupFolder(environment.CELLSMITH_TENSORFLOW, 'tensorflow', environment);
}

/** @returns undefined where nothing was set up @throws CellsmithError `bad-tensorflow-setup` for a manifest that is none */
export function readSetup(folder: string): Promise<Setup | undefined> {
  const path = join(folder, MANIFEST);
  return readRecord(
    path,
    Setup,
    () => new CellsmithError('bad-tensorflow-setup', `${path} is damaged, or of another version`, AGAIN),
  );
}

/**
 * What is needed to load it.
 * @throws CellsmithError `no-tensorflow-library`, `bad-tensorflow-setup`, `tensorflow-changed`
 */
export async function checkedSetup(folder: string): Promise<{ setup: Setup; addon: string }> {
  const setup = await readSetup(folder);
  if (setup === undefined) {
    throw new CellsmithError(
      'no-tensorflow-library',
      "TensorFlow's native library is not set up",
      'Set it up on the page “This machine” of the window, or by npm run setup:gpu. It runs on an NVIDIA card where there is one, else on the processor.',
    );
  }
  const addon = join(folder, ADDON);
  const preloaded = setup.preloaded === undefined ? [] : [setup.preloaded];
  for (const path of [addon, ...preloaded, ...setup.libraries.map((library) => library.path)]) {
    const full = isAbsolute(path) ? path : join(folder, path);
    const bytes = await stat(full).then(
      ({ size }) => size,
      () => undefined,
    );
    const noted = setup.libraries.find((library) => library.path === path)?.bytes ?? bytes;
    if (bytes === undefined)
      throw new CellsmithError('tensorflow-changed', `${full}, which was set up, is gone`, AGAIN);
    if (bytes !== noted) throw changed(full, 'another version has taken its place');
  }
  // Small, and loaded into the process: read through each time, in about a millisecond. The libraries are not.
  const sha256 = createHash('sha256')
    .update(await readFile(addon))
    .digest('hex');
  if (sha256 !== setup.addon.sha256) throw changed(addon, 'its SHA-256 is another');
  return { setup, addon };
}

function changed(path: string, how: string): CellsmithError {
  return new CellsmithError('tensorflow-changed', `${path} is not the file that was set up: ${how}`, AGAIN);
}
