/** What a run was last asked to do, without taking it. */
import type { RunEvent } from '../../core/runs/events.ts';
import { readJournal } from '../../core/runs/readJournal.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import { openRun } from '../../core/runs/runFolder.ts';
import { nodeFiles } from '../host/nodeFiles.ts';

/** The journal of a run. @throws CellsmithError `not-a-run` and what reading a run throws */
export async function runEvents(folder: string): Promise<readonly RunEvent[]> {
  return (await readRun(folder)).events;
}

/** @throws CellsmithError `not-a-run` and what reading a run throws */
export async function lastConfig(folder: string): Promise<RunConfig> {
  const { manifest, events } = await readRun(folder);
  const plan = events.findLast((event) => event.kind === 'planned');
  return plan?.kind === 'planned' ? plan.config : manifest.config;
}

async function readRun(folder: string) {
  const files = nodeFiles(folder);
  return { manifest: await openRun(files), events: await readJournal(files) };
}
