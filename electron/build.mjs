// Bundles the desktop program into dist/electron: main process, preload script and one file per utility process.
// With --window also the window, into dist/renderer: all that electron-builder.yml packs.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLING, PROGRAMS, ROOT } from '../headless/loading/build.mjs';
import { importedPackages, licencesText, packageOf, withDependencies } from './licences.mjs';

export { EXTERNAL, ROOT } from '../headless/loading/build.mjs';
/** `headless/host/version.ts` reads package.json two folders up, from here as from where it lies. */
export const BUNDLES = join(ROOT, 'dist', 'electron');

export const WINDOW = join(ROOT, 'dist', 'renderer');

const ICON_PIXELS = 1024;

/** Packages that are not bundled and that electron-builder.yml packs. */
const PACKED = [
  'onnxruntime-node',
  'sharp',
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-wasm',
  'google-protobuf',
];
/** Packed without what its installation needs. Optional, so it may be missing. */
const PACKED_ALONE = join(ROOT, 'node_modules', '@tensorflow', 'tfjs-node-gpu');

const options = { ...BUNDLING, target: 'node24' };

/** @returns what esbuild read and wrote */
export async function buildDesktop(outdir = BUNDLES) {
  const { build } = await import('esbuild');
  await rm(outdir, { recursive: true, force: true });
  const programs = await build({
    // All files lie in one folder: see BUNDLES.
    ...options,
    ...PROGRAMS,
    outdir,
    entryPoints: {
      main: 'electron/main/main.ts',
      library: 'electron/utility/library.ts',
      registries: 'electron/utility/registries.ts',
      engine: 'electron/utility/engine.ts',
      data: 'electron/utility/data.ts',
      setup: 'electron/utility/setup.ts',
      probe: 'electron/utility/probe.ts',
    },
  });
  const preload = await build({
    ...options,
    outfile: join(outdir, 'preload.cjs'),
    entryPoints: ['electron/preload/preload.ts'],
    // A sandboxed preload script is CommonJS and can load nothing but Electron.
    format: 'cjs',
    platform: 'browser',
    external: ['electron'],
  });
  const inputs = Object.keys({ ...programs.metafile.inputs, ...preload.metafile.inputs });
  const bundled = inputs.flatMap((path) => packageOf(path) ?? []).map((folder) => join(ROOT, folder));
  await drawIcon(join(outdir, 'icon.png'));
  if (existsSync(PACKED_ALONE)) bundled.push(PACKED_ALONE);
  const inWindow = importedPackages(join(ROOT, 'renderer'));
  await writeFile(
    join(outdir, 'LICENCES.txt'),
    licencesText([...bundled, ...withDependencies(ROOT, [...PACKED, ...inWindow])]),
  );
  return [programs.metafile, preload.metafile];
}

/** The window's icon as systems want it: a picture of the largest size that any of them asks for. */
async function drawIcon(file) {
  const { default: sharp } = await import('sharp');
  const drawn = sharp(join(ROOT, 'renderer', 'public', 'icon.svg'), { density: 2304 });
  await drawn.resize(ICON_PIXELS, ICON_PIXELS).png().toFile(file);
}

/** The window, by vite; says what went wrong and throws where it fails. */
export async function buildWindow(outdir = WINDOW) {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', outdir, '--emptyOutDir'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`the window could not be built: vite ended with code ${code}`);
}

export const isMain = (url) =>
  process.argv[1] !== undefined && url === pathToFileURL(resolve(process.argv[1])).href;

if (isMain(import.meta.url)) {
  await buildDesktop();
  if (process.argv.includes('--window')) await buildWindow();
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  console.log(`Cellsmith ${version}: the desktop program is in dist/electron.`);
}
