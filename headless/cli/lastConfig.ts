/** What a run was last asked to do, without taking it. */
import type { RunEvent } from '../../core/runs/events.ts';
import { readJournal } from '../../core/runs/readJournal.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { openRun } from '../../core/runs/runFolder.ts';
import { nodeFiles } from '../host/nodeFiles.ts';

/** The journal of a run. @throws CellsmithError `not-a-run` and what reading a run throws */
export async function runEvents(folder: string): Promise<readonly RunEvent[]> {
  const files = nodeFiles(folder);
  await openRun(files);
  return readJournal(files);
}

/** @throws CellsmithError `not-a-run` and what reading a run throws */
export async function lastConfig(folder: string): Promise<RunConfig> {
  const files = nodeFiles(folder);
  const manifest = await openRun(files);
  const plan = (await readJournal(files)).findLast((event) => event.kind === 'planned');
  return plan?.kind === 'planned' ? plan.config : manifest.config;
}
