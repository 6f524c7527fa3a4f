/** What Node runs as a child process: the bundle of `npm run build` where it is as new as its sources, else the source with tsx. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isStale } from './freshness.mjs';

export interface ChildProgram {
  readonly path: string;
  /** Options of Node. */
  readonly execArgv: readonly string[];
}

/** Whether this very file is part of a bundle, and so all programs are. */
const isBundled = !import.meta.url.endsWith('.ts');
const ROOT = new URL('../../', import.meta.url);
const SOURCES = ['core', 'headless', 'package.json', 'package-lock.json'];

/**
 * @param source the program's TypeScript, beside whoever names it
 * @param bundles where bundles lie; tests put another folder in its place
 */
export function childProgram(source: URL, bundles: URL = new URL('dist/serve/', ROOT)): ChildProgram {
  const name = `${basename(source.pathname, '.ts')}.js`;
  if (isBundled) return { path: fileURLToPath(new URL(name, import.meta.url)), execArgv: [] };
  const bundle = fileURLToPath(new URL(name, bundles));
  if (existsSync(bundle) && !isStale(bundle, SOURCES.map(inRoot))) return { path: bundle, execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const plain = new URL('./plain.mjs', import.meta.url).href;
  return { path: fileURLToPath(source), execArgv: ['--import', tsx, '--import', plain] };
}

function inRoot(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}
