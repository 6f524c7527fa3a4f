/** Archives of libtensorflow: checked, and only what is wanted is taken out of them. */
import { createHash } from 'node:crypto';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  localFile,
  newestArchive,
  officialArchive,
  unpackedArchive,
} from '../../../headless/setup/archive.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { fakeLibrary, wheelBytes } from '../../helpers/fakeTensorflow.ts';
import { tarGz } from '../../helpers/tarBytes.ts';

let folder = '';
let into = '';
let address = '';
let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-archive-'));
  into = join(folder, 'into');
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/libtensorflow.tar.gz`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(folder, { recursive: true });
});

const ARCHIVE = tarGz([
  { path: './lib/', type: '5' },
  { path: './lib/libtensorflow.so.2.18.0', content: fakeLibrary() },
  { path: './lib/libtensorflow.so.2', type: '2', link: 'libtensorflow.so.2.18.0' },
  { path: './lib/libtensorflow_framework.so.2.18.0', content: fakeLibrary([]) },
  { path: './include/tensorflow/c/c_api.h', content: Buffer.from('// c') },
  { path: './include/tensorflow/../../../escaped.h', content: Buffer.from('// out') },
  { path: './lib/link.so', type: '2', link: '/etc/passwd' },
  { path: './LICENSE', content: Buffer.from('licence') },
]);
const digest = (kind: string, encoding: 'hex' | 'base64'): string =>
  createHash(kind).update(ARCHIVE).digest(encoding);
const fetching = (sha256?: string) => ({
  downloads: join(folder, 'downloads'),
  onProgress: () => undefined,
  sha256,
});
const onDisk = async (bytes: Uint8Array = ARCHIVE): Promise<string> => {
  await writeFile(join(folder, 'a.tar.gz'), bytes);
  return join(folder, 'a.tar.gz');
};

it('gives libraries and headers, no links, nothing else, and nothing outside', async () => {
  expect(await unpackedArchive(await onDisk(), into, fetching())).toEqual({
    source: 'a.tar.gz',
    checkedBy: 'nothing',
    libraries: ['', '_framework'].map((part) => join(into, `deps/lib/libtensorflow${part}.so.2.18.0`)),
    headers: join(into, 'include'),
    nvidia: undefined,
  });
  expect((await readdir(join(into, 'deps/lib'))).sort()).toEqual([
    'libtensorflow.so.2.18.0',
    'libtensorflow_framework.so.2.18.0',
  ]);
  await expect(access(join(folder, 'escaped.h'))).rejects.toThrow();
});

it('is held to the checksum that is asked for', async () => {
  const path = await onDisk();
  await expect(unpackedArchive(path, into, fetching(digest('sha256', 'hex')))).resolves.toMatchObject({
    checkedBy: 'given',
  });
  expect((await failure(() => unpackedArchive(path, into, fetching('0'.repeat(64))))).code).toBe(
    'wrong-checksum',
  );
});

it('is downloaded, and held to the checksum that its storage states', async () => {
  const asked: (string | undefined)[] = [];
  const serving = (md5?: string) => (response: ServerResponse) => {
    asked.push(response.req.method);
    response.writeHead(200, md5 === undefined ? {} : { 'x-goog-hash': `crc32c=AAAAAA==, md5=${md5}` });
    response.end(ARCHIVE);
  };
  answer = serving(createHash('md5').update('else').digest('base64'));
  const refused = await failure(() => unpackedArchive(address, into, fetching()));
  expect([refused.code, refused.message]).toEqual([
    'wrong-checksum',
    expect.stringContaining('its md5 should be'),
  ]);
  expect((await failure(() => unpackedArchive(address, into, fetching('0'.repeat(64))))).code).toBe(
    'wrong-checksum',
  );
  answer = serving(digest('md5', 'base64'));
  await expect(unpackedArchive(address, into, fetching())).resolves.toMatchObject({
    source: 'libtensorflow.tar.gz',
    checkedBy: 'storage',
  });
  // It is there now; only its checksum is asked for.
  asked.length = 0;
  expect((await localFile(address, fetching())).checkedBy).toBe('storage');
  expect(asked).toEqual(['HEAD']);
  answer = serving(createHash('md5').update('else').digest('base64'));
  expect((await failure(() => localFile(address, fetching()))).code).toBe('wrong-checksum');
});

it('is said not to be held to anything where no checksum can be had', async () => {
  answer = (response) => response.end(ARCHIVE);
  expect(await unpackedArchive(address, into, fetching())).toMatchObject({ checkedBy: 'nothing' });
  await rm(join(folder, 'downloads'), { recursive: true });
  answer = (response) => {
    if (response.req.method === 'HEAD') response.destroy();
    else response.end(ARCHIVE);
  };
  expect(await localFile(address, fetching())).toMatchObject({ checkedBy: 'nothing' });
});

it('is never the one of another address, though archives of all versions have one name', async () => {
  const asked: (string | undefined)[] = [];
  answer = (response) => {
    asked.push(response.req.url);
    response.end(ARCHIVE);
  };
  const other = address.replace('/libtensorflow', '/2.17.0/libtensorflow');
  const first = await localFile(address, fetching());
  const second = await localFile(other, fetching());
  expect([basename(second.path), second.path === first.path]).toEqual([
    expect.stringContaining('libtensorflow'),
    false,
  ]);
  expect(new Set(asked)).toEqual(new Set(['/libtensorflow.tar.gz', '/2.17.0/libtensorflow.tar.gz']));
  expect(await localFile(address, fetching())).toEqual(first);
});

it('is refused where it is damaged, holds no library, or cannot be had', async () => {
  const refused = async (from: string): Promise<string> =>
    (await failure(() => unpackedArchive(from, into, fetching()))).code;
  expect(await refused(await onDisk(ARCHIVE.subarray(0, ARCHIVE.length - 40)))).toBe('bad-archive');
  expect(await refused(await onDisk(Buffer.from('text')))).toBe('bad-archive');
  expect(await refused(join(folder, 'none.tar.gz'))).toBe('not-found');
  await rm(into, { recursive: true });
  expect(await refused(await onDisk(tarGz([{ path: 'lib/other.so', content: fakeLibrary() }])))).toBe(
    'wrong-library',
  );
  answer = (response) => response.writeHead(404).end();
  expect(await refused(address)).toBe('download-failed');
});

it('is told from a wheel, which nobody shall delete; a wrong library in it is named by it', async () => {
  const wheel = join(folder, 'a.whl');
  await writeFile(wheel, wheelBytes({ a: '' }));
  expect(await failure(() => unpackedArchive(wheel, into, fetching()))).toMatchObject({
    code: 'wrong-library',
    message: expect.stringContaining(
      `${wheel} cannot be used: it is a zip archive, such as a wheel`,
    ) as string,
  });
  for (const content of [Buffer.from('text'), fakeLibrary(['other'])]) {
    const path = await onDisk(tarGz([{ path: 'lib/libtensorflow.so.2', content }]));
    const { code, message } = await failure(() => unpackedArchive(path, into, fetching()));
    expect([code, message]).toEqual([
      'wrong-library',
      expect.stringMatching(`^libtensorflow.so.2 in ${path} cannot be used: it is (no|a) library`),
    ]);
  }
});

it('is published for the processor and for cards', () => {
  for (const address of [officialArchive, newestArchive]) {
    expect(address(true)).toMatch(/^https:.*\/libtensorflow-cpu-linux-x86_64.*\.tar\.gz$/);
    expect(address(false)).toMatch(/^https:.*\/libtensorflow-gpu-linux-x86_64.*\.tar\.gz$/);
  }
});
