/** A folder's entries, for the window's own folder chooser on machines without dialogs. */
import { opendir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import type { FolderListing } from '../../../core/protocol/libraryApi.ts';
import { diskError } from '../../host/diskErrors.ts';
import { homeFolders } from '../home.ts';
import type { NamedEntry } from './recognise.ts';
import { recogniseSources } from './recognise.ts';

const MOST = 2000;
const MOST_PEEKED = 50;
/** Putting more into a person's order would hold up other calls. */
const MOST_SORTED_WELL = 5000;

const byNumbersToo = new Intl.Collator('en', { numeric: true }).compare;
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** @param given the home's data folder where left out. @throws CellsmithError where it cannot be read */
export async function listFolder(home: string, given: string | undefined): Promise<FolderListing> {
  const { data } = homeFolders(home);
  const path = resolve(given ?? data);
  const all = await entriesOf(path);
  const shown = all.slice(0, MOST);
  const parent = dirname(path);
  return {
    path,
    ...(parent === path ? {} : { parent }),
    entries: shown.map(({ name, kind }) => ({ name, kind, path: join(path, name) })),
    leftOut: all.length - shown.length,
    sources: [...(await recogniseSources(path, all, join, (name) => peek(join(path, name))))],
    places: await places(data),
  };
}

/** Folders first, then files, each by name; hidden ones left out. */
async function entriesOf(path: string): Promise<readonly NamedEntry[]> {
  try {
    const entries = (await readdir(path, { withFileTypes: true })).filter(
      ({ name }) => !name.startsWith('.'),
    );
    const kinds = await Promise.all(
      entries.map(async (entry) => {
        if (entry.isDirectory()) return 'folder';
        if (!entry.isSymbolicLink()) return 'file';
        return (await isFolder(join(path, entry.name))) ? 'folder' : 'file';
      }),
    );
    const named = entries.map(({ name }, i): NamedEntry => ({
      name,
      kind: kinds[i] === 'folder' ? 'folder' : 'file',
    }));
    const compare = named.length > MOST_SORTED_WELL ? byCodeUnit : byNumbersToo;
    return named.sort((a, b) => (a.kind === b.kind ? compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
  } catch (error) {
    throw diskError(error, 'list', path);
  }
}

/** The first entries, in whatever order the disk has them: a folder may hold a million images. */
async function peek(path: string): Promise<readonly NamedEntry[]> {
  try {
    const found: NamedEntry[] = [];
    const folder = await opendir(path);
    for await (const entry of folder) {
      if (!entry.name.startsWith('.'))
        found.push({ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' });
      if (found.length >= MOST_PEEKED) break;
    }
    return found;
  } catch {
    // Not a folder that one may look into: then it tells nothing about its parent.
    return [];
  }
}

async function places(data: string): Promise<FolderListing['places']> {
  const home = homedir();
  const candidates = [
    { title: 'Data of Cellsmith', path: data },
    { title: 'Home', path: home },
    { title: 'Downloads', path: join(home, 'Downloads') },
    ...(process.platform === 'win32' ? drives() : [{ title: 'Computer', path: parse(home).root }]),
    { title: 'Disks', path: process.platform === 'darwin' ? '/Volumes' : '/media' },
    { title: 'Mounted', path: '/mnt' },
  ];
  const there = await Promise.all(candidates.map(({ path }) => isFolder(path)));
  return candidates.filter((_, i) => there[i]);
}

function drives(): FolderListing['places'] {
  return Array.from('CDEFGHIJ', (letter) => ({ title: `Drive ${letter}:`, path: `${letter}:\\` }));
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
