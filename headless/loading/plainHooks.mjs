/**
 * Files of zod are taken as they stand: tsx reads each for what it might have to change, which takes half of the time in which
 * a process of this program starts, and finds nothing. Runs in the thread of module hooks.
 */
import { readFile } from 'node:fs/promises';

const PLAIN = '/node_modules/zod/v4/';

export function resolve(specifier, context, next) {
  const { parentURL = '' } = context;
  if (!specifier.startsWith('.') || !parentURL.includes(PLAIN)) return next(specifier, context);
  return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.includes(PLAIN) || !url.endsWith('.js')) return next(url, context);
  return { format: 'module', source: await readFile(new URL(url)), shortCircuit: true };
}
