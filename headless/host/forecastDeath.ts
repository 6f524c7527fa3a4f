/** The words for a forecast whose process ended for want of memory. */
import { OutOfMemory } from '../../core/base/outOfMemory.ts';
import type { MemoryNow } from '../../core/base/outOfMemory.ts';
import type { Phase } from '../../core/runs/events.ts';
import { offersInWords } from '../../core/runs/lessMemory.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import type { Verdict } from './memoryDeath.ts';

/** What was to be forecast. */
export interface ForecastPlan {
  readonly config: RunConfig;
  readonly phases: readonly Phase[];
}

export interface ForecastDeath {
  readonly verdict: Verdict;
  /** What the forecast told last of its progress; empty where it told nothing. */
  readonly doing: string;
  readonly memory?: MemoryNow | undefined;
}

export function forecastDeath(
  { config, phases }: ForecastPlan,
  { verdict, doing, memory }: ForecastDeath,
): OutOfMemory {
  const { isHeap = false, ...found } = verdict;
  return new OutOfMemory({
    ...found,
    place: doing === '' ? 'in the forecast' : `in the forecast (${doing})`,
    ...(memory === undefined ? {} : { memory }),
    remedy: offersInWords(config, phaseOf(doing, phases), { isSaved: false, isHeap }),
  });
}

/** The engine tells of its stages in words. */
const STAGES: readonly (readonly [word: string, phases: readonly Phase[]])[] = [
  ['Search', ['search']],
  ['Training', ['retrain', 'baseline']],
  ['Evaluation', ['evaluate']],
];

function phaseOf(doing: string, phases: readonly Phase[]): Phase | undefined {
  const named = STAGES.find(([word]) => doing.startsWith(word))?.[1] ?? [];
  return phases.find((phase) => named.includes(phase));
}
