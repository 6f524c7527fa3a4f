/** Files that look like native TensorFlow to whoever looks at them, and compute nothing. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';

const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/** The head of a shared library for Linux, and after it `names` as a library names what is in it. */
export function fakeLibrary(
  names: readonly string[] = ['TFE_NewContext'],
  arch: string = process.arch,
): Buffer {
  const head = Buffer.alloc(64);
  head.write('\x7fELF\x02\x01\x01', 'latin1');
  head.writeUInt16LE(3, 16);
  head.writeUInt16LE(MACHINES[arch], 18);
  return Buffer.concat([head, Buffer.from(`\0${names.join('\0')}\0`)]);
}

/** A wheel with its record of checksums. @param wrong names whose checksum is of something else */
export function wheelBytes(
  files: Readonly<Record<string, Uint8Array | string>>,
  { metadata = '', wrong = [] as readonly string[] } = {},
): Uint8Array {
  const contents = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content as string)]),
  );
  const record = Object.entries(contents).map(([name, content]) => {
    const digest = createHash('sha256').update(wrong.includes(name) ? 'else' : content);
    return `${name},sha256=${digest.digest('base64url')},${content.length}`;
  });
  return zipSync({
    ...contents,
    'tensorflow-2.0.dist-info/METADATA': Buffer.from(metadata),
    'tensorflow-2.0.dist-info/RECORD': Buffer.from(
      `${record.join('\n')}\ntensorflow-2.0.dist-info/RECORD,,\n`,
    ),
  });
}

/** A folder as libtensorflow is unpacked. @returns it */
export async function fakeInstallation(folder: string): Promise<string> {
  await writeFiles(folder, {
    'lib/libtensorflow.so.2': fakeLibrary(),
    'lib/libtensorflow_framework.so.2': fakeLibrary([]),
    'include/tensorflow/c/c_api.h': '',
  });
  return folder;
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** A program that a test has written, such as a Python that only knows what it is asked here. @returns its path */
export async function script(folder: string, name: string, lines: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  return path;
}
