/** `active.json`: the runs at work, so that they go on after a crash or a power cut. */
import { z } from 'zod';
import { nodeFiles } from '../../host/nodeFiles.ts';

const FILE = 'active.json';
const FORMAT = 1;
const Active = z.object({ format: z.literal(FORMAT), runs: z.array(z.string()) });

export interface ActiveRuns {
  /** As the program before left it. None where the file is damaged: runs can be resumed by hand. */
  read(): Promise<readonly string[]>;
  add(runId: string): Promise<void>;
  remove(runId: string): Promise<void>;
  /** Resolves once all changes are on the disk. */
  settled(): Promise<void>;
}

export function activeRuns(home: string): ActiveRuns {
  const files = nodeFiles(home);
  let tail: Promise<void> = Promise.resolve();

  const read = async (): Promise<readonly string[]> => {
    if (!(await files.exists(FILE))) return [];
    try {
      return Active.parse(JSON.parse(await files.readText(FILE))).runs;
    } catch {
      return [];
    }
  };
  const change = (make: (runs: readonly string[]) => readonly string[]): Promise<void> => {
    const turn = tail.then(async () => {
      const before = await read();
      const runs = make(before);
      if (runs.join('\n') === before.join('\n')) return;
      await files.write(FILE, `${JSON.stringify({ format: FORMAT, runs })}\n`);
    });
    // On a disk without room the run itself will tell; here only going on by itself after a crash is at stake.
    tail = turn.catch(() => undefined);
    return tail;
  };

  return {
    read,
    add: (runId) => change((runs) => [...runs.filter((one) => one !== runId), runId]),
    remove: (runId) => change((runs) => runs.filter((one) => one !== runId)),
    settled: () => tail,
  };
}
