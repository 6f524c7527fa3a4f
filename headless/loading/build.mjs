// Bundles the command line and the processes that it starts into dist/serve, where bin.mjs and childProgram.ts find them:
// they start in less than half of the time that their sources take.
import { readdir, rm } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, SERVE_BUNDLES } from './bundles.mjs';

export { ROOT, SERVE_BUNDLES };

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
const ENTRIES = {
  cli: 'headless/cli/main.ts',
  ...Object.fromEntries(CHILDREN.map((path) => [basename(path, '.ts'), path])),
};

/** @param entryPoints programs by name, from the root */
export async function buildPrograms(outdir = SERVE_BUNDLES, entryPoints = ENTRIES) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...BUNDLING,
    ...PROGRAMS,
    target: 'node20',
    outdir,
    entryPoints,
  });
  // Not before: a process that runs may still load parts that have not changed.
  const written = new Set(Object.keys(metafile.outputs).map((path) => relative(outdir, join(ROOT, path))));
  for (const name of await readdir(outdir)) if (!written.has(name)) await rm(join(outdir, name));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await buildPrograms();
}
