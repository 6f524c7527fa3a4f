/** Rows of runs that nobody works on, kept on disk: thousands of journals need not be read again at every start. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RunSummary } from '../../../core/protocol/libraryApi.ts';
import { APP_VERSION } from '../../host/version.ts';

const FILE = 'index.json';
const WRITE_MS = 5000;

const Index = z.object({
  /** Rows are what this very version makes of journals. */
  app: z.literal(APP_VERSION),
  rows: z.record(z.string(), z.object({ mark: z.string(), row: z.unknown() })),
});

export interface RunIndex {
  /** The row that was kept of a run whose files bear this mark. */
  find(id: string, mark: string): Promise<RunSummary | undefined>;
  /** Written some seconds later, together with others. */
  keep(id: string, mark: string, row: RunSummary): void;
  forget(id: string): void;
  /** Writes at once what waits. */
  close(): Promise<void>;
}

/** It can be deleted at any time; a damaged one is made anew. */
export function runIndex(home: string, writeMs = WRITE_MS): RunIndex {
  const path = join(home, FILE);
  const loaded = load(path);
  let timer: NodeJS.Timeout | undefined;

  const write = async (): Promise<void> => {
    timer = undefined;
    const rows = await loaded;
    const beside = `${path}.new`;
    try {
      await writeFile(beside, JSON.stringify({ app: APP_VERSION, rows: Object.fromEntries(rows) }));
      await rename(beside, path);
    } catch {
      // Where there is no room, journals are read again at the next start.
    }
  };
  const later = (): void => {
    timer ??= setTimeout(() => void write(), writeMs);
    timer.unref();
  };

  return {
    async find(id, mark) {
      const kept = (await loaded).get(id);
      if (kept?.mark !== mark) return undefined;
      const row = RunSummary.safeParse(kept.row);
      return row.success && row.data.id === id ? row.data : undefined;
    },
    keep(id, mark, row) {
      void loaded.then((rows) => {
        if (rows.get(id)?.mark === mark) return;
        rows.set(id, { mark, row });
        later();
      });
    },
    forget(id) {
      void loaded.then((rows) => {
        if (rows.delete(id)) later();
      });
    },
    async close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      await write();
    },
  };
}

async function load(path: string): Promise<Map<string, { mark: string; row: unknown }>> {
  try {
    const { rows } = Index.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(Object.entries(rows));
  } catch {
    return new Map();
  }
}
