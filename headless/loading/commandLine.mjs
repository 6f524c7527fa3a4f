// Loads the command line: the bundle of `npm run build` where it is as new as its sources, else the sources by tsx.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVE_BUNDLES, SOURCES } from './bundles.mjs';
import { isStale } from './freshness.mjs';

export async function commandLine() {
  const bundle = join(SERVE_BUNDLES, 'cli.js');
  if (!isStale(bundle, SOURCES)) return import(pathToFileURL(bundle).href);
  const { register } = await import('tsx/esm/api');
  register();
  await import('./plain.mjs');
  return import('../cli/main.ts');
}
