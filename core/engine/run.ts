/** A run that this process holds: its folder, journal and events so far. */
import { CellsmithError } from '../base/errors.ts';
import type { NewRunEvent, Phase, RunEvent } from '../runs/events.ts';
import { openJournal } from '../runs/journal.ts';
import type { Journal } from '../runs/journal.ts';
import type { RunConfig } from '../runs/runConfig.ts';
import { createRun, resumeRun } from '../runs/runFolder.ts';
import type { EngineHost } from './host.ts';

export interface OpenRun {
  readonly config: RunConfig;
  readonly journal: Journal;
  /** All events, growing. */
  readonly events: RunEvent[];
  emit(event: NewRunEvent): Promise<RunEvent>;
  /** Flushes the journal and gives the folder back. */
  close(): Promise<void>;
}

/** Makes a run in an empty folder. @throws as `createRun` does */
export async function beginRun(host: EngineHost, config: RunConfig): Promise<OpenRun> {
  const held = await createRun(host.files, {
    config,
    app: host.app,
    seed: config.seed,
    executor: config.executor,
    device: config.executor,
    versions: { ...host.versions },
  });
  return open(host, config, held.release);
}

/** Takes an existing run; its configuration is that of its last plan. @throws as `resumeRun` does */
export async function continueRun(host: EngineHost): Promise<OpenRun> {
  const held = await resumeRun(host.files);
  return open(host, held.manifest.config, held.release);
}

async function open(host: EngineHost, config: RunConfig, release: () => Promise<void>): Promise<OpenRun> {
  try {
    const { journal, events: found } = await openJournal(host.files, host.clock, host.app);
    const events = [...found];
    const plan = lastPlan(events);
    return {
      config: plan?.config ?? config,
      journal,
      events,
      async emit(event) {
        const stamped = await journal.append(event);
        events.push(stamped);
        host.onEvent?.(stamped);
        return stamped;
      },
      async close() {
        try {
          await journal.close();
        } finally {
          await release();
        }
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Records what shall be done from here on; `runPlan` does it.
 * @throws CellsmithError as `requireGenotypeSource` does, before anything is recorded
 */
export async function planPhases(run: OpenRun, config: RunConfig, phases: readonly Phase[]): Promise<void> {
  requireGenotypeSource(run.events, config, phases);
  await run.emit({ kind: 'planned', phases: [...phases], config });
}

/**
 * A plan gets its genotype from its search, from the configuration, or from what the run did before.
 * @throws CellsmithError `genotype-and-search`, `no-genotype`
 */
export function requireGenotypeSource(
  events: readonly RunEvent[],
  { genotype }: RunConfig,
  phases: readonly Phase[],
): void {
  if (phases.includes('search') && genotype !== undefined) {
    throw new CellsmithError(
      'genotype-and-search',
      'The experiment gives a genotype and asks for a search of one.',
      'Leave out the genotype to search for one, or leave out the search to train the one given.',
    );
  }
  if (!phases.includes('search') && genotype === undefined) derivedGenotype(events, 'found');
}

export type Plan = Extract<RunEvent, { kind: 'planned' }>;

export function lastPlan(events: readonly RunEvent[]): Plan | undefined {
  return events.findLast((event): event is Plan => event.kind === 'planned');
}

/** Events since the last plan: what counts for resuming its phases. */
export function eventsOfPlan(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.slice(events.findLastIndex((event) => event.kind === 'planned'));
}

/** Phases of the last plan that have not finished, in order. */
export function openPhases(events: readonly RunEvent[]): readonly Phase[] {
  const since = eventsOfPlan(events);
  const finished = new Set(since.flatMap((event) => (event.kind === 'finished' ? [event.phase] : [])));
  return (lastPlan(events)?.phases ?? []).filter((phase) => !finished.has(phase));
}

type Derived = Extract<RunEvent, { kind: 'derived' }>;
type Retrained = Extract<RunEvent, { kind: 'retrained' }>;

/** The genotype that the search ended with or that was given; or that of the baseline. */
export function findDerived(events: readonly RunEvent[], which: 'found' | 'random'): Derived | undefined {
  return events.findLast(
    (event): event is Derived =>
      event.kind === 'derived' && (event.strategy === 'baseline') === (which === 'random'),
  );
}

/** @throws CellsmithError `no-genotype` */
export function derivedGenotype(events: readonly RunEvent[], which: 'found' | 'random'): Derived {
  const found = findDerived(events, which);
  if (found === undefined) {
    throw new CellsmithError(
      'no-genotype',
      'The run has no genotype yet.',
      'Let its search finish first: resume the run. Or begin a run with a genotype of your own.',
    );
  }
  return found;
}

export function retrainedNetwork(events: readonly RunEvent[], label: string): Retrained {
  const found = events.findLast(
    (event): event is Retrained => event.kind === 'retrained' && event.label === label,
  );
  if (found === undefined) {
    throw new CellsmithError(
      'not-retrained',
      `The run has no trained network '${label}' yet.`,
      'Train it first: add a training to the run.',
    );
  }
  return found;
}
