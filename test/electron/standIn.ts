/** A distribution of Electron that is none: enough of one for electron-builder to pack the application around it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** Marks the place of the fuses in Electron's program. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version 1, nine fuses, each as Electron is delivered: '1' on, '0' off. */
const FUSE_WIRE = [1, 9, ...Array.from('101100011', (state) => state.charCodeAt(0))];

/** @returns the folder that `electronDist` names */
export async function makeStandIn(folder: string): Promise<string> {
  const dist = join(folder, 'stand-in');
  const app = join(folder, 'default-app');
  await mkdir(join(dist, 'resources'), { recursive: true });
  await mkdir(app);
  await mkdir(join(dist, 'locales'));
  await writeFile(join(dist, 'locales', 'en-US.pak'), '');
  await writeFile(join(dist, 'locales', 'de.pak'), '');
  await writeFile(join(app, 'package.json'), '{"name":"default"}');
  await createPackage(app, join(dist, 'resources', 'default_app.asar'));
  const program = Buffer.concat([Buffer.from(`#!/bin/sh\nexit 0\n${FUSE_SENTINEL}`), Buffer.from(FUSE_WIRE)]);
  await writeFile(join(dist, 'electron'), program, { mode: 0o755 });
  await writeFile(join(dist, 'version'), '45.4.1');
  return dist;
}
