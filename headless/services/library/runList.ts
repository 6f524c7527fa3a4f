/** All runs as rows: those in the home and those listed from elsewhere, each read again only where it changed. */
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
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
import type { RunIndex } from './runIndex.ts';
import type { RunPlace, RunTimes } from './runSummary.ts';
import { brokenRun, runSummary } from './runSummary.ts';

/** Files open at once: a home may hold thousands of runs. */
const AT_ONCE = 8;

interface Known {
  /** Of manifest and journal: equal as long as neither changed. */
  readonly mark: string;
  readonly row: RunSummary;
  /** Whether a process held the run when the row was made. */
  readonly held: boolean;
  /** What the row was made of, unless it was taken from the index. */
  readonly source?: RowSource;
}

interface RowSource {
  readonly manifest: RunManifest;
  readonly scan: JournalScan;
  /** Of the journal: another file under the same name is read from its beginning. */
  readonly ino: number;
}

export interface RunList {
  /** Newest first. Never throws for the sake of single runs. Rows that did not change are the same objects. */
  all(): Promise<readonly RunSummary[]>;
  /** Folders of the home without a run when all were looked at: in one of them a run may be about to begin. */
  vacant(): readonly RunPlace[];
  /** Undefined for a folder of the home that holds no run. */
  one(place: RunPlace): Promise<RunSummary | undefined>;
}

export function runList(home: string, index: RunIndex): RunList {
  const known = new Map<string, Known>();
  const looking = new Map<string, Promise<void>>();
  let vacant: readonly RunPlace[] = [];

  const look = async (place: RunPlace, files: RunFilesFound, mark: string): Promise<Known> => {
    const held = (await lockHolder(place.folder)) !== undefined;
    const times = timesOf(files);
    const before = known.get(place.id);
    if (before?.mark === mark && before.held === held) return before;
    if (!held && before === undefined) {
      const row = await index.find(place.id, mark);
      // The home may have been moved since.
      if (row !== undefined) return { mark, held, row: { ...row, folder: place.folder } };
    }
    try {
      const unchanged = before?.mark === mark ? before.source : undefined;
      const source = unchanged ?? (await read(place, files.journal, before?.source));
      const row = runSummary(place, source.manifest, source.scan, times, held);
      return { mark, held, row, source };
    } catch (error) {
      const row = brokenRun(place, 'damaged', inWords(error, place.folder), times);
      return { mark, held, row };
    }
  };

  /** Two that ask at once read a run once: the second finds what the first found. */
  const one = (place: RunPlace): Promise<RunSummary | undefined> => {
    const turn = (looking.get(place.id) ?? Promise.resolve()).then(() => inTurn(place));
    const done = turn.then(
      () => undefined,
      () => undefined,
    );
    looking.set(place.id, done);
    void done.then(() => {
      if (looking.get(place.id) === done) looking.delete(place.id);
    });
    return turn;
  };

  const inTurn = async (place: RunPlace): Promise<RunSummary | undefined> => {
    const files = await filesOf(place.folder);
    if (files.manifest === undefined && files.journal === undefined) {
      known.delete(place.id);
      // What lies in the home without being a run is none of ours, such as a folder that was just made.
      if (!isAbsolute(place.id)) return undefined;
      const problem = `There is no run in ${place.folder} any more.`;
      return brokenRun(place, 'missing', problem, timesOf(files));
    }
    const mark = [files.manifest, files.journal].map((file) => `${file?.size} ${file?.ctimeMs}`).join();
    const before = known.get(place.id);
    // A run at rest is taken up by whoever then writes to its journal.
    if (before?.mark === mark && AT_REST.includes(before.row.state)) return before.row;
    const now = await look(place, files, mark);
    known.set(place.id, now);
    if (now !== before && !now.held) index.keep(place.id, mark, now.row);
    return now.row;
  };

  return {
    one,
    vacant: () => vacant,
    async all() {
      const found = await placesOf(home);
      const ids = new Set(found.map(({ id }) => id));
      for (const id of known.keys()) {
        if (ids.has(id)) continue;
        known.delete(id);
        index.forget(id);
      }
      const rows = new Array<RunSummary | undefined>(found.length);
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let i = next++; i < found.length; i = next++) rows[i] = await one(found[i]);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      vacant = found.filter((_, i) => rows[i] === undefined);
      return rows.filter((row) => row !== undefined).sort((a, b) => b.createdAt - a.createdAt);
    },
  };
}

/** States that only a change of the journal ends. */
const AT_REST: readonly RunSummary['state'][] = ['paused', 'cancelled', 'failed', 'finished', 'damaged'];

interface RunFilesFound {
  readonly manifest: Stats | undefined;
  readonly journal: Stats | undefined;
}

async function filesOf(folder: string): Promise<RunFilesFound> {
  const [manifest, journal] = await Promise.all(
    [MANIFEST, JOURNAL].map((name) => statIfThere(join(folder, name))),
  );
  return { manifest, journal };
}

function timesOf({ manifest, journal }: RunFilesFound): RunTimes {
  return { createdAt: manifest?.birthtimeMs ?? 0, changedAt: (journal ?? manifest)?.mtimeMs ?? 0 };
}

async function placesOf(home: string): Promise<readonly RunPlace[]> {
  const { runs } = homeFolders(home);
  const inside = (await namesOfFolders(runs)).map((id) => ({ id, folder: join(runs, id) }));
  const listed = (await readListed(home)).map((folder) => ({ id: folder, folder }));
  return [...inside, ...listed];
}

async function read(
  { folder }: RunPlace,
  journal: Stats | undefined,
  before: RowSource | undefined,
): Promise<RowSource> {
  const manifest = await openRun(nodeFiles(folder));
  if (journal === undefined) return { ino: 0, manifest, scan: noScan };
  const goesOn = before !== undefined && before.ino === journal.ino && before.scan.bytes <= journal.size;
  const scan = await scanJournal(join(folder, JOURNAL), goesOn ? before.scan : noScan);
  return { ino: journal.ino, manifest, scan };
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
