/** A row of the run table, from a run's manifest and what its journal amounts to. */
import { measuredOf } from '../../../core/runs/measured.ts';
import type { RunSummary } from '../../../core/protocol/libraryApi.ts';
import type { Phase, RunEvent } from '../../../core/runs/events.ts';
import type { RunManifest } from '../../../core/runs/runFolder.ts';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { openPhases } from '../../../core/engine/run.ts';
import { summarise } from '../../../core/engine/summary.ts';
import type { JournalScan } from './journalScan.ts';

export interface RunPlace {
  readonly id: string;
  readonly folder: string;
}

export interface RunTimes {
  readonly createdAt: number;
  readonly changedAt: number;
}

/** @param held whether a process works on the run */
export function runSummary(
  { id, folder }: RunPlace,
  manifest: RunManifest,
  scan: JournalScan,
  times: RunTimes,
  held: boolean,
): RunSummary {
  const { events } = scan;
  const config = lastConfig(events) ?? manifest.config;
  const open = openPhases(events);
  const phase = currentPhase(events, scan);
  const total = phase === undefined ? undefined : totalSteps(events, phase);
  const { params, macs, genotype, recipe, clean, robust, baseline, exports = [] } = summarise(events);
  return {
    id,
    folder,
    name: config.name,
    createdAt: events.find((event) => event.kind === 'opened')?.at ?? times.createdAt,
    changedAt: scan.lastAt > 0 ? scan.lastAt : times.changedAt,
    ...stateOf(events, open, held),
    ...(phase === undefined ? {} : { phase }),
    ...(total === undefined ? {} : { share: shareDone(events, scan, total) }),
    open: [...open],
    strategy: config.search.strategy.id,
    dataset: config.data.source,
    seed: config.seed,
    ...(recipe === undefined ? {} : { recipe }),
    ...(genotype === undefined ? {} : { genotype }),
    ...(params === undefined ? {} : { params }),
    ...(macs === undefined ? {} : { macs }),
    ...(clean === undefined ? {} : { clean }),
    ...(robust === undefined ? {} : { robust }),
    attacks: [...(measuredOf(events, 'found')?.robust ?? [])],
    ...(baseline === undefined
      ? {}
      : { baseline: { ...baseline, attacks: [...(measuredOf(events, 'random')?.robust ?? [])] } }),
    exports: exports.map(({ format, path, verified }) => ({ format, path, verified })),
    seconds: events.reduce((sum, event) => sum + (event.kind === 'finished' ? event.seconds : 0), 0),
    config,
  };
}

/** A row for a run that cannot be read. */
export function brokenRun(
  { id, folder }: RunPlace,
  state: 'damaged' | 'missing',
  problem: string,
  { createdAt, changedAt }: RunTimes,
): RunSummary {
  const name = folder.split(/[/\\]/).at(-1) ?? folder;
  return {
    ...{ id, folder, name, createdAt, changedAt, state, problem },
    ...{ open: [], strategy: '', dataset: '', seed: 0, exports: [], seconds: 0 },
  };
}

function lastConfig(events: readonly RunEvent[]): RunConfig | undefined {
  const plan = events.findLast((event) => event.kind === 'planned');
  return plan?.kind === 'planned' ? plan.config : undefined;
}

function stateOf(
  events: readonly RunEvent[],
  open: readonly Phase[],
  held: boolean,
): Pick<RunSummary, 'state' | 'problem'> {
  const last = events.findLast((event) => MARKS.includes(event.kind));
  const working = held ? 'running' : 'interrupted';
  switch (last?.kind) {
    case undefined:
      return { state: held ? 'running' : 'empty' };
    case 'paused':
      return { state: 'paused' };
    case 'cancelled':
      return { state: 'cancelled' };
    case 'failed':
      return { state: 'failed', problem: `${last.message} ${last.hint}` };
    case 'finished':
      // Between two phases of a plan the work goes on.
      return { state: open.length === 0 ? 'finished' : working };
    default:
      return { state: working };
  }
}

const MARKS: readonly RunEvent['kind'][] = [
  ...(['planned', 'phase', 'resumed'] as const),
  ...(['paused', 'cancelled', 'failed', 'finished'] as const),
];

function currentPhase(events: readonly RunEvent[], { position }: JournalScan): Phase | undefined {
  const last = events.findLast((event) => 'phase' in event || event.kind === 'planned');
  // Of a plan that was made a moment ago nothing has begun.
  return last !== undefined && 'phase' in last ? (position?.phase ?? last.phase) : undefined;
}

function totalSteps(events: readonly RunEvent[], phase: Phase): number | undefined {
  const found = events.findLast((event) => event.kind === 'phase' && event.phase === phase);
  return found?.kind === 'phase' ? found.totalSteps : undefined;
}

function shareDone(events: readonly RunEvent[], { position }: JournalScan, total: number): number {
  const last = events.findLast((event) => 'phase' in event);
  if (last?.kind === 'finished') return 1;
  return Math.min(1, (position?.step ?? 0) / Math.max(1, total));
}
