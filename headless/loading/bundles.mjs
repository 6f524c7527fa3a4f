// Where bundles of this folder's programs lie, and what they are made of.
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
/** `headless/host/version.ts` reads package.json two folders up, from here as from where it lies. */
export const SERVE_BUNDLES = join(ROOT, 'dist', 'serve');
/** Everything whose change makes them old. */
export const SOURCES = ['core', 'headless', 'package.json', 'package-lock.json'].map((name) =>
  join(ROOT, name),
);
