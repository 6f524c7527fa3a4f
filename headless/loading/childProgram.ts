/** What Node runs as a child process: the bundle of `npm run build` where it is as new as its sources, else the source with tsx. */
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SERVE_BUNDLES, SOURCES } from './bundles.mjs';
import { isStale } from './freshness.mjs';

export interface ChildProgram {
  readonly path: string;
  /** Options of Node. */
  readonly execArgv: readonly string[];
}

/** Whether this very file is part of a bundle, and so all programs are. */
const isBundled = !import.meta.url.endsWith('.ts');

/**
 * @param source the program's TypeScript, beside whoever names it
 * @param bundles where bundles lie; tests put another folder in its place
 */
export function childProgram(source: URL, bundles: string = SERVE_BUNDLES): ChildProgram {
  const name = `${basename(source.pathname, '.ts')}.js`;
  if (isBundled) return { path: fileURLToPath(new URL(name, import.meta.url)), execArgv: [] };
  const bundle = join(bundles, name);
  if (!isStale(bundle, SOURCES)) return { path: bundle, execArgv: [] };
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const plain = new URL('./plain.mjs', import.meta.url).href;
  return { path: fileURLToPath(source), execArgv: ['--import', tsx, '--import', plain] };
}
