// Bundles the command line and the processes that it starts into dist/serve, where bin.mjs and childProgram.ts find them:
// they start in less than half of the time that their sources take.
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
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

/** What earlier builds left stays so long. */
const KEPT_MS = 30 * 24 * 3_600_000;

const CHILDREN = [
  ...['library', 'registries', 'engine', 'data', 'setup'].map((name) => `headless/serve/${name}Child.ts`),
  'headless/host/probeChild.ts',
  'headless/cli/witness/witnessChild.ts',
];
const ENTRIES = {
  cli: 'headless/cli/main.ts',
  ...Object.fromEntries(CHILDREN.map((path) => [basename(path, '.ts'), path])),
};

/** @param entryPoints programs by name, from the root */
export async function buildPrograms(outdir = SERVE_BUNDLES, entryPoints = ENTRIES) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    ...BUNDLING,
    ...PROGRAMS,
    target: 'node20',
    outdir,
    entryPoints,
    write: false,
  });
  const named = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  const isProgram = ({ name }) => Object.hasOwn(entryPoints, basename(name, '.js'));
  await mkdir(outdir, { recursive: true });
  // Programs last, and each file at once: a build that is cut off leaves the programs of the one before.
  for (const { name, contents } of named.toSorted((a, b) => isProgram(a) - isProgram(b))) {
    await writeFile(join(outdir, `${name}.new`), contents);
    await rename(join(outdir, `${name}.new`), join(outdir, name));
  }
  // Not before, and not at once: a process that runs, perhaps for days, may still load parts of what it was started from.
  const written = new Set(named.map(({ name }) => name));
  for (const name of await readdir(outdir)) {
    const path = join(outdir, name);
    if (!written.has(name) && (await stat(path)).mtimeMs < Date.now() - KEPT_MS) await rm(path);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await buildPrograms();
}
