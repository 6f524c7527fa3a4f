/** Writes a run's report, one self-contained page. */
import { renderReport } from '../../core/report/index.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import type { RunFiles } from '../../core/runs/files.ts';
import { readJournal } from '../../core/runs/readJournal.ts';
import { openRun } from '../../core/runs/runFolder.ts';

export const REPORT_FILE = 'report.html';

/**
 * @param events those of the run where they are at hand; read from its journal otherwise
 * @throws CellsmithError `not-a-run` and what reading a run throws
 */
export async function reportPage(files: RunFiles, events?: readonly RunEvent[]): Promise<string> {
  const manifest = await openRun(files);
  return renderReport(events ?? (await readJournal(files)), manifest);
}

/** Into the run's own folder. @returns its path there */
export async function writeReport(files: RunFiles, events?: readonly RunEvent[]): Promise<string> {
  await files.write(REPORT_FILE, await reportPage(files, events));
  return REPORT_FILE;
}
