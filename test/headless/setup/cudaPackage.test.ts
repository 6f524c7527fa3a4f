/** The package with the CUDA provider: which one, checked and resumed, and what is taken out of it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PackageChoice } from '../../../headless/setup/cudaPackage.ts';
import { cudaPackage, fetchPackage, takeProvider } from '../../../headless/setup/cudaPackage.ts';
import { NUGET } from '../../../headless/setup/nuget.ts';
import { failure } from '../../helpers/datasetBytes.ts';
import { type Feed, feedServer, type FeedParts, nupkg, PATHS } from '../../helpers/fakeCuda.ts';
import { fakeLibrary } from '../../helpers/fakeTensorflow.ts';

const WANTED = cudaPackage();
const BYTES = nupkg();
const ID = `${WANTED.name.toLowerCase()}.${WANTED.version}.nupkg`;
const digest = (kind: string, bytes: Uint8Array = BYTES): string =>
  createHash(kind).update(bytes).digest('hex');

let folder = '';
let feed: Feed | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-package-'));
});
afterEach(async () => {
  await feed?.close();
  feed = undefined;
  await rm(folder, { recursive: true });
});

const said: string[] = [];
const note = (what: string): void => {
  said.push(what);
};
const fetchIt = (choice: PackageChoice, signal?: AbortSignal, onProgress = note) =>
  fetchPackage(WANTED, choice, { downloads: join(folder, 'downloads'), onProgress, signal });
const served = async (parts: Partial<FeedParts> = {}): Promise<Feed> =>
  (feed = await feedServer({ bytes: BYTES, ...parts }));
const downloads = (): Promise<string[]> => readdir(join(folder, 'downloads')).catch(() => []);
const onDisk = async (bytes: Uint8Array = BYTES): Promise<string> => {
  await writeFile(join(folder, 'a.nupkg'), bytes);
  return join(folder, 'a.nupkg');
};

it('is the one that belongs to the ONNX Runtime that is installed', () => {
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  expect(WANTED).toEqual({
    name: 'Microsoft.ML.OnnxRuntime.Gpu.Linux',
    version,
    feed: NUGET,
    files: ['cuda', 'shared'].map((part) => `runtimes/linux-x64/native/libonnxruntime_providers_${part}.so`),
  });
});

describe('of a feed', () => {
  it('is downloaded, with its progress, and held to what the feed states', async () => {
    const { index } = await served();
    said.length = 0;
    const file = await fetchIt({ feed: index });
    expect(file).toEqual({
      path: join(folder, 'downloads', ID),
      source: `${WANTED.name} ${WANTED.version} of ${index}`,
      checkedBy: 'feed',
    });
    expect(Buffer.compare(await readFile(file.path), BYTES)).toBe(0);
    expect(said).toContain(`downloading ${ID}, MB`);
  });

  it('is not taken where it is another file, and is not kept', async () => {
    const other = createHash('sha512').update('else').digest('base64');
    const { index } = await served({ entry: { packageHash: other } });
    const { code, message } = await failure(() => fetchIt({ feed: index }));
    expect(code).toBe('wrong-checksum');
    expect(message).toContain(`its sha512 should be ${Buffer.from(other, 'base64').toString('hex')}, but is`);
    expect(await downloads()).toEqual([]);
  });

  it('is held to checksums of a person, also where the feed states none', async () => {
    const { index } = await served({ entry: { packageHash: undefined } });
    expect((await failure(() => fetchIt({ feed: index }))).code).toBe('no-checksum');
    const { checkedBy } = await fetchIt({ feed: index, sha256: digest('sha256') });
    expect(checkedBy).toBe('given');
    const wrong = fetchIt({ feed: index, sha512: digest('sha512', Buffer.from('else')) });
    expect((await failure(() => wrong)).code).toBe('wrong-checksum');
  });

  it('goes on where the connection was cut off', async () => {
    const half = Math.floor(BYTES.length / 2);
    let cut = false;
    const { index, asked } = await served({
      serve: (_request, response, bytes) => {
        if (cut) return false;
        cut = true;
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, half), () => setTimeout(() => response.destroy(), 50));
        return true;
      },
    });
    const { path } = await fetchIt({ feed: index });
    expect(Buffer.compare(await readFile(path), BYTES)).toBe(0);
    expect(asked.at(-1)).toMatch(new RegExp(`\\.nupkg bytes=${half}-$`));
  });

  it('goes on at the next try after it was stopped', async () => {
    let held = false;
    const { index, asked } = await served({
      serve: (_request, response, bytes) => {
        if (held) return false;
        held = true;
        response.writeHead(200, { 'content-length': bytes.length });
        response.write(bytes.subarray(0, 100));
        return true;
      },
    });
    const stopping = new AbortController();
    const progress = (what: string): void => {
      if (what.startsWith('downloading')) stopping.abort();
    };
    expect((await failure(() => fetchIt({ feed: index }, stopping.signal, progress))).code).toBe('cancelled');
    expect(await downloads()).toEqual([`${ID}.part`, `${ID}.part.json`]);
    await fetchIt({ feed: index });
    expect(asked.at(-1)).toMatch(/bytes=100-$/);
    expect(await downloads()).toEqual([ID]);
  });

  it('is not downloaded twice, unless what is there is something else', async () => {
    const { index, asked } = await served();
    const packages = (): number => asked.filter((url) => url.endsWith('.nupkg')).length;
    await fetchIt({ feed: index });
    await fetchIt({ feed: index });
    expect(packages()).toBe(1);
    await writeFile(join(folder, 'downloads', ID), 'else');
    await fetchIt({ feed: index });
    expect(packages()).toBe(2);
  });

  it('needs its room on the disk', async () => {
    const { index } = await served({ entry: { packageSize: Number.MAX_SAFE_INTEGER } });
    expect((await failure(() => fetchIt({ feed: index }))).code).toBe('disk-full');
  });
});

describe('that is given', () => {
  it('is a file, held to the checksums that are given', async () => {
    const path = await onDisk();
    expect(await fetchIt({ package: path })).toEqual({ path, source: path, checkedBy: 'nothing' });
    const sums = { sha256: digest('sha256'), sha512: digest('sha512') };
    expect((await fetchIt({ package: path, ...sums })).checkedBy).toBe('given');
    for (const kind of ['sha256', 'sha512'] as const) {
      const wrong = { ...sums, [kind]: digest(kind, Buffer.from('else')) };
      const { code, message } = await failure(() => fetchIt({ package: path, ...wrong }));
      expect([code, message.includes(`its ${kind} is not`)]).toEqual(['wrong-checksum', true]);
    }
    expect((await failure(() => fetchIt({ package: join(folder, 'none') }))).code).toBe('not-found');
  });

  it('is an address', async () => {
    const { index } = await served();
    const address = `${new URL(index).origin}/PackageBaseAddress/${WANTED.name.toLowerCase()}/${WANTED.version}/${ID}`;
    const file = await fetchIt({ package: address, sha256: digest('sha256') });
    expect(file).toEqual({ path: join(folder, 'downloads', ID), source: address, checkedBy: 'given' });
    expect((await failure(() => fetchIt({ package: address, feed: index }))).code).toBe('bad-usage');
    expect((await failure(() => fetchIt({ package: `${address}.none` }))).code).toBe('download-failed');
    for (const choice of [{ feed: 'notaurl' }, { package: 'https:' }]) {
      const { code, message } = await failure(() => fetchIt(choice));
      expect([code, message]).toEqual(['bad-usage', expect.stringMatching(/^--\w+: '.*' is no address/)]);
    }
  });
});

describe('the provider', () => {
  const take = async (bytes: Uint8Array): Promise<string[]> => {
    const file = { path: await onDisk(bytes), source: '', checkedBy: 'nothing' } as const;
    await takeProvider(file, WANTED, join(folder, 'into'), { onProgress: () => undefined });
    return (await readdir(join(folder, 'into'), { recursive: true })).sort();
  };

  it('is two libraries, and nothing else is taken', async () => {
    expect(await take(BYTES)).toEqual([
      'lib',
      'lib/libonnxruntime_providers_cuda.so',
      'lib/libonnxruntime_providers_shared.so',
    ]);
  });

  const machine = process.arch === 'arm64' ? 'x64' : 'arm64';
  it.each<[string, Uint8Array, string, RegExp]>([
    [
      'one of them is missing',
      nupkg({ without: [PATHS.shared] }),
      'wrong-package',
      /providers_shared\.so is not in it/,
    ],
    ['it is of another version', nupkg({ release: '1.2.3' }), 'wrong-package', /it is \S+ 1\.2\.3/],
    ['it is another package', nupkg({ id: 'Other' }), 'wrong-package', /it is Other/],
    [
      'it is no package',
      nupkg({ without: [`${WANTED.name}.nuspec`] }),
      'wrong-package',
      /no package of NuGet/,
    ],
    [
      'it is for another processor',
      nupkg({ cuda: fakeLibrary([], machine) }),
      'wrong-library',
      /another processor/,
    ],
    ['a library is none', nupkg({ cuda: Buffer.from('MZ') }), 'wrong-library', /for Windows/],
    ['it is cut short', BYTES.subarray(0, -20), 'bad-archive', /./],
    ['it is empty', new Uint8Array(), 'bad-archive', /./],
  ])('is refused where %s', async (_name, bytes, code, words) => {
    const found = await failure(() => take(bytes));
    expect(found.code).toBe(code);
    expect(found.message).toMatch(words);
  });
});
