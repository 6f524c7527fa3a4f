/** Puts on record that the process of a run ended for want of memory, by a process that came after it. */
import { bytesText } from '../base/bytesText.ts';
import { outOfMemory } from '../base/outOfMemory.ts';
import type { MemoryNow } from '../base/outOfMemory.ts';
import { offersInWords } from '../runs/lessMemory.ts';
import { lastStep, mostMemory, placeIn } from './explainMemory.ts';
import type { OpenRun } from './run.ts';
import { lastPlan, openPhases } from './run.ts';

export interface Death {
  readonly reason: string;
  readonly isInferred: boolean;
  /** It was the heap of JavaScript that was full. */
  readonly isHeap?: boolean;
  readonly doing?: string;
  readonly memory?: MemoryNow;
}

/** @returns what is on record now */
export async function recordDeath(
  run: OpenRun,
  { memory, isHeap = false, ...death }: Death,
): Promise<{ code: string; message: string; hint: string }> {
  const [phase] = openPhases(run.events);
  const config = lastPlan(run.events)?.config ?? run.config;
  if (phase === undefined) return outOfMemory({ ...death, ...(memory === undefined ? {} : { memory }) });
  const most = mostMemory(run.events, phase);
  const failure = outOfMemory({
    ...death,
    place: placeIn(phase, run.events),
    doing: death.doing ?? `it computed with ${config.executor}`,
    // What the process was last seen with is nearer to its end than what its steps told.
    ...(memory === undefined
      ? most === undefined
        ? {}
        : { expected: `Its steps took up to ${bytesText(most)}` }
      : { memory }),
    remedy: offersInWords(config, phase, { isSaved: true, isHeap }),
  });
  await run.emit({ kind: 'failed', phase, step: lastStep(phase, run.events), ...failure });
  return failure;
}
