// Bundles the processes that `cellsmith serve` starts into dist/serve, where childProgram.ts finds them: they start in
// less than half of the time that their sources take.
import { readdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = resolve(import.meta.dirname, '../..');
export const SERVE_BUNDLES = join(ROOT, 'dist', 'serve');

/** Native, large, or needed once by several programs: these stay packages. */
export const EXTERNAL = ['electron', 'onnxruntime-node', 'sharp', '@tensorflow/*'];

/** How esbuild bundles programs of Node, here and for the desktop. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  external: EXTERNAL,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** Several programs in one folder, which share what they have in common. */
export const PROGRAMS = {
  format: 'esm',
  // What is loaded late in the sources is loaded late here.
  splitting: true,
  chunkNames: 'shared-[hash]',
  // Bundled CommonJS packages ask for Node's modules with require.
  banner: {
    js: "import { createRequire as cellsmithRequire } from 'node:module'; const require = cellsmithRequire(import.meta.url);",
  },
};

const CHILDREN = [
  ...['library', 'registries', 'engine', 'data'].map((name) => `headless/serve/${name}Child.ts`),
  'headless/host/probeChild.ts',
];

export async function buildServices(outdir = SERVE_BUNDLES) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...BUNDLING,
    ...PROGRAMS,
    target: 'node20',
    outdir,
    entryPoints: CHILDREN,
    entryNames: '[name]',
  });
  // Not before: a process that runs may still load parts that have not changed.
  const written = new Set(Object.keys(metafile.outputs).map((path) => relative(outdir, join(ROOT, path))));
  for (const name of await readdir(outdir)) if (!written.has(name)) await rm(join(outdir, name));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await buildServices();
}
