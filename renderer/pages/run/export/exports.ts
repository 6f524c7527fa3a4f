/** Which files are of the network there is now. */
import type { ExportVerdict, RunEvent } from '../../../../core/runs/events.ts';

function lastTraining(events: readonly RunEvent[]): number {
  return events.findLastIndex((event) => event.kind === 'retrained' && event.label === 'found');
}

/** The latest verdict of each file written since the found network was trained last. */
export function currentExports(events: readonly RunEvent[]): readonly ExportVerdict[] {
  const byPath = new Map<string, ExportVerdict>();
  for (const event of events.slice(lastTraining(events) + 1)) {
    if (event.kind === 'exported') for (const verdict of event.exports) byPath.set(verdict.path, verdict);
  }
  return [...byPath.values()];
}

/** Files of an earlier training lie in the folder, and none of this one. */
export function hasStaleExports(events: readonly RunEvent[]): boolean {
  const trained = lastTraining(events);
  const exported = events.findLastIndex((event) => event.kind === 'exported');
  return exported >= 0 && exported < trained;
}
