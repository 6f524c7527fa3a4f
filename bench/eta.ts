/** `npx tsx bench/eta.ts RUN …`: how far the remaining time told after 50 steps, and later, was from what it then took. */
import type { Phase, RunEvent } from '../core/runs/events.ts';
import { measurePace, noPace, remainingMs } from '../core/runs/progress.ts';
import { readJournal } from '../core/runs/readJournal.ts';
import { nodeFiles } from '../headless/host/nodeFiles.ts';

const AFTER = [50, 100, 200, 400];

interface Told {
  readonly step: number;
  readonly toldMs: number;
  readonly tookMs: number;
}

/** Of a phase of steps that went through without a break; none where it did not. */
function told(events: readonly RunEvent[], phase: Phase): readonly Told[] {
  const end = events.findLast((event) => event.kind === 'finished' && event.phase === phase);
  const start = events.findLast((event) => event.kind === 'phase' && event.phase === phase);
  if (end === undefined || start?.kind !== 'phase' || start.totalSteps <= 1) return [];
  const { totalSteps, epochs } = start;
  const own = events.slice(events.indexOf(start), events.indexOf(end));
  if (own.some(({ kind }) => kind === 'paused' || kind === 'resumed')) return [];
  let pace = noPace;
  const found: Told[] = [];
  for (const event of own) {
    pace = measurePace(pace, event);
    if (event.kind !== 'step' || !AFTER.includes(event.step)) continue;
    const left = totalSteps - event.step;
    const toldMs = remainingMs(pace, left, Math.ceil(left / (totalSteps / epochs)));
    if (toldMs !== undefined) found.push({ step: event.step, toldMs, tookMs: end.at - event.at });
  }
  return found;
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

for (const folder of process.argv.slice(2)) {
  const events = await readJournal(nodeFiles(folder));
  for (const phase of ['search', 'retrain', 'baseline'] as const)
    for (const { step, toldMs, tookMs } of told(events, phase)) {
      const error = `${(100 * (toldMs / tookMs - 1)).toFixed(1)} %`;
      console.log(
        `${folder} ${phase}, after ${step} steps: told ${seconds(toldMs)}, took ${seconds(tookMs)}, ${error}`,
      );
    }
}
