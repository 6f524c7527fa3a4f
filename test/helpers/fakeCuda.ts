/** Packages that look like the one with ONNX Runtime's CUDA provider, libraries compiled for them, and a server that plays NuGet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { cudaPackage } from '../../headless/setup/cudaPackage.ts';
import { fakeLibrary } from './fakeTensorflow.ts';

const { name, version, files } = cudaPackage();
const [CUDA, SHARED] = ['cuda', 'shared'].map(
  (part) => files.find((path) => path.endsWith(`_${part}.so`)) ?? '',
);

/** Why a test that compiles cannot run here. */
export const NO_COMPILER =
  process.platform !== 'linux' || process.arch !== 'x64'
    ? 'CUDA is set up on Linux on x64 only'
    : spawnSync('gcc', ['--version']).status === 0
      ? undefined
      : 'there is no gcc';

export interface PackageParts {
  readonly cuda?: Uint8Array;
  readonly shared?: Uint8Array;
  readonly id?: string;
  readonly release?: string;
  readonly without?: readonly string[];
}

/** The bytes of a package; its libraries are mere heads where none are given. */
export function nupkg({
  cuda = fakeLibrary(['GetProvider']),
  shared = fakeLibrary([]),
  id = name,
  release = version,
  without = [],
}: PackageParts = {}): Uint8Array {
  const nuspec = `<?xml version="1.0"?><package><metadata><id>${id}</id><version>${release}</version></metadata></package>`;
  const all: Record<string, Uint8Array> = {
    [`${id}.nuspec`]: Buffer.from(nuspec),
    [CUDA]: cuda,
    [SHARED]: shared,
    'runtimes/linux-x64/native/libonnxruntime_providers_tensorrt.so': fakeLibrary([]),
    'LICENSE.txt': Buffer.from('licence'),
  };
  return zipSync(Object.fromEntries(Object.entries(all).filter(([path]) => !without.includes(path))));
}

export const PATHS = { cuda: CUDA, shared: SHARED } as const;

/** Compiles a shared library. @param needs paths of libraries that it is linked with, by their names */
export async function compileLibrary(
  path: string,
  source: string,
  needs: readonly string[] = [],
): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.c`, source);
  const soname = `-Wl,-soname,${path.slice(dirname(path).length + 1)}`;
  const linked = ['-Wl,--no-as-needed', '-Wl,--allow-shlib-undefined', ...needs];
  const { status, stderr } = spawnSync(
    'gcc',
    ['-shared', '-fPIC', '-o', path, `${path}.c`, soname, ...linked],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return path;
}

/** Names a file into which the provider below writes, once it is loaded, whether ONNX Runtime was there before. */
export const WITNESS = 'CELLSMITH_TEST_WITNESS';

/**
 * Loaded by ONNX Runtime as a provider, after the shared part has been told its host; asks for cuDNN by name, as the real one
 * does; computes nothing.
 */
const PROVIDER_SOURCE = `
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
int cudart(void); void *Provider_GetHost(void);
static int cudnn(void) {
  void *library = dlopen("libcudnn.so.9", RTLD_NOW);
  return library ? ((int (*)(void))dlsym(library, "cudnn"))() : 0;
}
__attribute__((constructor)) static void loaded(void) {
  const char *path = getenv("${WITNESS}");
  FILE *file = path ? fopen(path, "a") : 0;
  if (!file) return;
  fprintf(file, "%s %d\\n", Provider_GetHost() ? "hosted" : "alone", cudart() + cudnn());
  fclose(file);
}
`;
const SHARED_SOURCE =
  'static void *host; void Provider_SetHost(void *p) { host = p; } void *Provider_GetHost(void) { return host; }';

export interface CompiledCuda {
  /** A folder of what stands for NVIDIA's libraries. */
  readonly nvidia: string;
  readonly bytes: Uint8Array;
}

/**
 * @param more of the provider's source
 * @param driver whether it is linked with the driver's library, which lies nowhere then
 */
export async function compiledCuda(folder: string, more = '', driver = false): Promise<CompiledCuda> {
  const nvidia = join(folder, 'nvidia');
  const cudart = await compileLibrary(join(nvidia, 'libcudart.so.12'), 'int cudart(void) { return 20; }');
  await compileLibrary(join(nvidia, 'libcudnn.so.9'), 'int cudnn(void) { return 3; }');
  await compileLibrary(join(nvidia, 'libnvrtc.so.12'), 'int nvrtc(void) { return 0; }');
  const drivers = driver ? [await compileLibrary(join(folder, 'made', 'libcuda.so.1'), 'int cuda;')] : [];
  const shared = await compileLibrary(
    join(folder, 'made', 'libonnxruntime_providers_shared.so'),
    SHARED_SOURCE,
  );
  const cuda = await compileLibrary(
    join(folder, 'made', 'libonnxruntime_providers_cuda.so'),
    PROVIDER_SOURCE + more,
    [shared, cudart, ...drivers],
  );
  return { nvidia, bytes: nupkg({ cuda: await readFile(cuda), shared: await readFile(shared) }) };
}

export interface Feed {
  readonly index: string;
  /** Paths that were asked for, with the range where one was. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface FeedParts {
  readonly bytes: Uint8Array;
  /** Of the entry; what is left out is as it should be. */
  readonly entry?: Readonly<Record<string, unknown>>;
  /** The entry stands in the leaf. */
  readonly inline?: boolean;
  readonly resources?: readonly string[];
  /** Answers for the package in place of the server. @returns whether it did */
  readonly serve?: (request: IncomingMessage, response: ServerResponse, bytes: Uint8Array) => boolean;
}

/** A server with index, registration, catalogue and the package, as NuGet has them. */
export async function feedServer({
  bytes,
  entry = {},
  inline = false,
  resources = ['PackageBaseAddress/3.0.0', 'RegistrationsBaseUrl/3.6.0'],
  serve,
}: FeedParts): Promise<Feed> {
  const asked: string[] = [];
  const id = name.toLowerCase();
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    asked.push(headers.range === undefined ? url : `${url} ${headers.range}`);
    const at = `http://${headers.host}`;
    const catalogued = {
      packageHash: createHash('sha512').update(bytes).digest('base64'),
      packageHashAlgorithm: 'SHA512',
      packageSize: bytes.length,
      ...entry,
    };
    const documents: Record<string, unknown> = {
      '/index.json': {
        resources: resources.map((type) => ({ '@id': `${at}/${type.split('/')[0]}`, '@type': type })),
      },
      [`/RegistrationsBaseUrl/${id}/${version}.json`]: {
        catalogEntry: inline ? catalogued : `${at}/entry.json`,
      },
      '/entry.json': catalogued,
    };
    if (Object.hasOwn(documents, url)) return response.end(JSON.stringify(documents[url]));
    if (url !== `/PackageBaseAddress/${id}/${version}/${id}.${version}.nupkg`)
      return response.writeHead(404).end();
    response.setHeader('etag', '"one"');
    if (serve?.(request, response, bytes) === true) return;
    const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const rest = bytes.subarray(from);
    if (from > 0) {
      const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': rest.length });
    } else response.writeHead(200, { 'content-length': rest.length });
    response.end(rest);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    index: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.json`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
