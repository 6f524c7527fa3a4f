#!/usr/bin/env node
// Starts the command line: the bundle of `npm run build` where it is as new as its sources, else the sources by tsx.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVE_BUNDLES, SOURCES } from './loading/bundles.mjs';
import { becomeComputing } from './loading/computing.mjs';
import { isStale } from './loading/freshness.mjs';

/** Commands that train or measure networks in this very process. */
const COMPUTING = ['demo', 'forecast', 'search', 'retrain', 'evaluate', 'export', 'resume'];

const argv = process.argv.slice(2);
if (COMPUTING.includes(argv[0])) becomeComputing();
const { main } = await commandLine();
await main(argv);

async function commandLine() {
  const bundle = join(SERVE_BUNDLES, 'cli.js');
  if (!isStale(bundle, SOURCES)) return import(pathToFileURL(bundle).href);
  const { register } = await import('tsx/esm/api');
  register();
  await import('./loading/plain.mjs');
  return import('./cli/main.ts');
}
