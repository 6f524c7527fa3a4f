/** All runs as rows: those in the home and those listed from elsewhere, each read again only where it changed. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stats } from 'node:fs';
import { CellsmithError } from '../../../core/base/errors.ts';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { JOURNAL } from '../../../core/runs/readJournal.ts';
import type { RunManifest } from '../../../core/runs/runFolder.ts';
import { MANIFEST, openRun } from '../../../core/runs/runFolder.ts';
import { diskError, systemCode } from '../../host/diskErrors.ts';
import { nodeFiles } from '../../host/nodeFiles.ts';
import { lockHolder } from '../../host/runLock.ts';
import { homeFolders, isPlainName } from '../home.ts';
import { readListed } from './listedRuns.ts';
import type { JournalScan } from './journalScan.ts';
import { noScan, scanJournal } from './journalScan.ts';
import type { RunPlace } from './runSummary.ts';
import { brokenRun, runSummary } from './runSummary.ts';

/** Files open at once: a home may hold thousands of runs. */
const AT_ONCE = 8;

interface Known {
  /** Of manifest and journal: equal as long as neither changed. */
  readonly mark: string;
  /** Of the journal: another file under the same name is read from its beginning. */
  readonly ino: number;
  readonly manifest: RunManifest;
  readonly scan: JournalScan;
  /** The row as last made, and whether a process held the run then. */
  readonly row?: { readonly held: boolean; readonly summary: RunSummary };
}

export interface RunList {
  /** Newest first. Never throws for the sake of single runs. Rows that did not change are the same objects. */
  all(): Promise<readonly RunSummary[]>;
  one(place: RunPlace): Promise<RunSummary>;
  places(): Promise<readonly RunPlace[]>;
}

export function runList(home: string): RunList {
  const known = new Map<string, Known>();

  const one = async (place: RunPlace): Promise<RunSummary> => {
    const [manifestFile, journalFile] = await Promise.all([
      statIfThere(join(place.folder, MANIFEST)),
      statIfThere(join(place.folder, JOURNAL)),
    ]);
    const times = {
      createdAt: manifestFile?.birthtimeMs ?? 0,
      changedAt: journalFile?.mtimeMs ?? manifestFile?.mtimeMs ?? 0,
    };
    try {
      if (manifestFile === undefined && (await statIfThere(place.folder)) === undefined) {
        known.delete(place.id);
        return brokenRun(place, 'missing', `There is no folder ${place.folder} any more.`, times);
      }
      const mark = [manifestFile, journalFile].map((file) => `${file?.size} ${file?.mtimeMs}`).join();
      const before = known.get(place.id);
      const now = before?.mark === mark ? before : await read(place, mark, journalFile, before);
      const held = (await lockHolder(place.folder)) !== undefined;
      const summary =
        now.row?.held === held ? now.row.summary : runSummary(place, now.manifest, now.scan, times, held);
      known.set(place.id, { ...now, row: { held, summary } });
      return summary;
    } catch (error) {
      known.delete(place.id);
      return brokenRun(place, 'damaged', inWords(error, place.folder), times);
    }
  };

  const places = async (): Promise<readonly RunPlace[]> => {
    const { runs } = homeFolders(home);
    const inside = (await namesOfFolders(runs)).map((id) => ({ id, folder: join(runs, id) }));
    const listed = (await readListed(home)).map((folder) => ({ id: folder, folder }));
    return [...inside, ...listed];
  };

  return {
    one,
    places,
    async all() {
      const found = await places();
      const ids = new Set(found.map(({ id }) => id));
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
      const rows = new Array<RunSummary>(found.length);
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let i = next++; i < found.length; i = next++) rows[i] = await one(found[i]);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return rows.sort((a, b) => b.createdAt - a.createdAt);
    },
  };
}

async function read(
  { folder }: RunPlace,
  mark: string,
  journal: Stats | undefined,
  before: Known | undefined,
): Promise<Known> {
  const manifest = await openRun(nodeFiles(folder));
  if (journal === undefined) return { mark, ino: 0, manifest, scan: noScan };
  const goesOn = before !== undefined && before.ino === journal.ino && before.scan.bytes <= journal.size;
  const scan = await scanJournal(join(folder, JOURNAL), goesOn ? before.scan : noScan);
  return { mark, ino: journal.ino, manifest, scan };
}

async function namesOfFolders(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && isPlainName(entry.name))
      .map((entry) => entry.name);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw diskError(error, 'list', path);
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    // Whatever hides it is told by reading the run.
    return undefined;
  }
}

function inWords(error: unknown, folder: string): string {
  const told = diskError(error, 'read', folder);
  if (told instanceof CellsmithError) return `${told.message} ${told.hint}`;
  return told instanceof Error ? told.message : String(told);
}
