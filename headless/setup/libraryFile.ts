/** Tells native libraries for this computer, TensorFlow among them, from files that are something else, by their content. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CellsmithError } from '../../core/base/errors.ts';
import { diskError } from '../host/diskErrors.ts';

/** ELF's numbers for the processors that TensorFlow is built for. */
const MACHINES: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64' };
const SHARED_OBJECT = 3;
const HINT =
  'Give libtensorflow.so.2 or libtensorflow_cc.so.2 of a TensorFlow for Linux and this processor, or its folder.';
/** The function that the addon opens a session with. */
const NEEDED = Buffer.from('\0TFE_NewContext\0');

export interface Expecting {
  /** As Node names processors. */
  readonly arch?: string;
  /** What a person should give instead. */
  readonly hint?: string;
  /** What a person knows it by, where its path is none of theirs. */
  readonly name?: string;
}

/**
 * @throws CellsmithError `wrong-library` with what the file is instead; `not-found` …
 */
export async function expectLibrary(
  path: string,
  { arch = process.arch, hint = HINT, name = path }: Expecting = {},
): Promise<void> {
  const head = await firstBytes(path, 64);
  const problem = whatElse(head, arch);
  if (problem !== undefined) throw wrongLibrary(name, problem, hint);
}

/** @throws CellsmithError `wrong-library` where the C interface of TensorFlow is not in it */
export async function expectTensorflow(path: string, name = path): Promise<void> {
  if (await holdsBytes(path, NEEDED)) return;
  throw wrongLibrary(name, 'it is a library, but not TensorFlow: its C interface is not in it');
}

/** Reads it through, since such files are too large to hold. */
export async function holdsBytes(path: string, wanted: Buffer): Promise<boolean> {
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([tail, chunk]);
    if (seen.includes(wanted)) return true;
    tail = seen.subarray(-wanted.length);
  }
  return false;
}

/** @throws CellsmithError `not-found` … */
export async function firstBytes(path: string, count: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw diskError(error, 'read', path);
  }
}

function whatElse(head: Buffer, arch: string): string | undefined {
  if (head.length === 0) return 'it is empty';
  const start = head.toString('latin1');
  if (start.startsWith('MZ')) return 'it is a library for Windows';
  if (/^(\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(start)) return 'it is a library for macOS';
  if (start.startsWith('!<arch>')) return 'it is a static library';
  if (start.startsWith('PK')) return 'it is a zip archive; a wheel is given with --wheel';
  if (start.startsWith('\x1f\x8b'))
    return 'it is a packed archive; one of libtensorflow is given with --archive';
  if (!start.startsWith('\x7fELF') || head.length < 20) return 'it is no library for Linux';
  if (head[4] !== 2 || head[5] !== 1) return 'it is not for a 64-bit processor of this kind';
  const machine = MACHINES[head.readUInt16LE(18)];
  if (machine !== arch) return `it is for another processor (${machine ?? 'unknown'}), this one is ${arch}`;
  if (head.readUInt16LE(16) !== SHARED_OBJECT) return 'it is not a shared library';
  return undefined;
}

function wrongLibrary(name: string, what: string, hint = HINT): CellsmithError {
  return new CellsmithError('wrong-library', `${name} cannot be used: ${what}.`, hint);
}
