/** What was thrown because memory ran out, as an error with figures; anything else stays what it is. */
import { bytesText } from '../base/bytesText.ts';
import { CellsmithError } from '../base/errors.ts';
import { isOutOfMemory, OutOfMemory } from '../base/outOfMemory.ts';
import type { Phase, RunEvent } from '../runs/events.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import { offersInWords } from '../runs/lessMemory.ts';
import type { EngineHost } from './host.ts';
import { eventsOfPlan } from './run.ts';

export interface Explained {
  readonly config: RunConfig;
  /** Absent while the data are read. */
  readonly phase?: Phase;
  /** Of the run, as far as they are on record: what its steps took before, and how far it came. Absent in a forecast. */
  readonly events?: readonly RunEvent[];
}

export async function explainMemory(
  error: unknown,
  host: Pick<EngineHost, 'memoryNow'>,
  { config, phase, events }: Explained,
): Promise<unknown> {
  const known = circumstancesOf(error);
  if (known === undefined) return error;
  // Asking must not hide what is to be told.
  const memory = await host.memoryNow?.(config.executor).catch(() => undefined);
  const expected = events === undefined ? undefined : expectedOf(events, phase);
  return new OutOfMemory({
    place: phase === undefined ? 'while the data were made ready' : placeIn(phase, events ?? []),
    doing: known.doing ?? `it computed with ${config.executor}`,
    reason: known.reason ?? '',
    ...(memory === undefined ? {} : { memory }),
    ...(expected === undefined ? {} : { expected }),
    remedy: offersInWords(config, phase, {
      isSaved: events !== undefined,
      isHeap: memory?.heap !== undefined,
    }),
  });
}

function circumstancesOf(error: unknown): { doing?: string; reason?: string } | undefined {
  if (error instanceof OutOfMemory) return error.circumstances;
  if (error instanceof CellsmithError) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return isOutOfMemory(reason) ? { reason } : undefined;
}

const NAMES: Readonly<Record<Phase, string>> = {
  search: 'search',
  retrain: 'training of the network found',
  baseline: 'training of the random baseline',
  evaluate: 'evaluation',
  export: 'export',
};

/** Such as `at step 12 of the search`. */
export function placeIn(phase: Phase, events: readonly RunEvent[]): string {
  if (phase === 'evaluate' || phase === 'export') return `in the ${NAMES[phase]}`;
  const step = lastStep(phase, events);
  return step === 0
    ? `at the first step of the ${NAMES[phase]}`
    : `at step ${step + 1} of the ${NAMES[phase]}`;
}

/** How many steps of a phase are done, by the journal of its plan. */
export function lastStep(phase: Phase, events: readonly RunEvent[]): number {
  return eventsOfPlan(events).reduce(
    (at, event) =>
      (event.kind === 'step' || event.kind === 'resumed') && event.phase === phase ? event.step : at,
    0,
  );
}

/** The most that steps of the phase are on record with; before the first, what was forecast of the whole plan. */
function expectedOf(events: readonly RunEvent[], phase: Phase | undefined): string | undefined {
  const most = mostMemory(events, phase);
  if (most !== undefined) return `Steps of it before this took up to ${bytesText(most)}`;
  const forecast = eventsOfPlan(events).find(({ kind }) => kind === 'forecast');
  return forecast?.kind === 'forecast'
    ? `The forecast had been ${bytesText(forecast.peakMemoryBytes)} at its peak`
    : undefined;
}

export function mostMemory(events: readonly RunEvent[], phase: Phase | undefined): number | undefined {
  return events.reduce<number | undefined>((most, event) => {
    if (event.kind !== 'step' || event.phase !== phase) return most;
    const { memoryBytes } = event.metrics;
    return memoryBytes === undefined ? most : Math.max(most ?? 0, memoryBytes);
  }, undefined);
}
