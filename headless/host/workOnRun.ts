/** Takes a run, does what is open of its plan, writes the report: the same for terminal and window. Loads the engine. */
import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { mostMemory, placeIn } from '../../core/engine/explainMemory.ts';
import type { EngineHost } from '../../core/engine/host.ts';
import type { OpenRun } from '../../core/engine/run.ts';
import { eventsOfPlan, openPhases } from '../../core/engine/run.ts';
import { cutOffNotice } from '../../core/runs/cutOff.ts';
import type { LeftBehind } from '../../core/runs/cutOff.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import { lessInWords } from '../../core/runs/lessMemory.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import type { Outcome } from '../../core/runs/runner.ts';
import { leftBehind } from './runLock.ts';
import { writeReport } from './writeReport.ts';

/** Thrown by a host out of work that has no steps and can simply be done again. */
export class LeftOff extends Error {}

export interface RunWork {
  /** Takes the run; a run that is new and fails before its first phase leaves nothing behind. */
  open(host: EngineHost): Promise<OpenRun>;
  readonly isNew: boolean;
  /** Records what to do, where it is not on record yet. @returns the configuration it is done under */
  plan(run: OpenRun): Promise<RunConfig>;
  /** The plan is on record. */
  readonly onBegun?: (run: OpenRun) => void;
}

export interface WorkDone {
  readonly outcome: Outcome;
  readonly run: OpenRun;
}

/** @throws what the engine throws */
export async function workOnRun(host: EngineHost, work: RunWork): Promise<WorkDone> {
  const wasThere = existsSync(host.files.root);
  const left = work.isNew ? undefined : await leftBehind(host.files.root);
  const run = await work.open(host);
  let leavesNothing = work.isNew;
  try {
    if (left !== undefined) await recordCutOff(run, left);
    const config = await work.plan(run);
    work.onBegun?.(run);
    const outcome = await untilLeftOff(run, config, host);
    leavesNothing = false;
    // While the folder is still held.
    if (outcome === 'finished') await writeReport(host.files, run.events);
    return { outcome, run };
  } catch (error) {
    if (run.events.some(({ kind }) => kind === 'phase')) leavesNothing = false;
    throw error;
  } finally {
    await run.close();
    if (leavesNothing) await forget(host, wasThere);
  }
}

async function untilLeftOff(run: OpenRun, config: RunConfig, host: EngineHost): Promise<Outcome> {
  // Loaded only now: that the run is taken and its plan on record need not wait for a tensor library.
  const { runPlan } = await import('../../core/engine/phases.ts');
  try {
    return await runPlan(run, config, host);
  } catch (error) {
    if (!(error instanceof LeftOff)) throw error;
    const wish = host.wish();
    await recordLeftOff(run, wish === 'pause' ? 'paused' : 'cancelled');
    return wish === 'pause' ? 'paused' : 'stopped';
  }
}

/** Of a plan that was under way; one that was done, paused or had failed lost nothing. */
async function recordCutOff(run: OpenRun, left: LeftBehind): Promise<void> {
  const [phase] = openPhases(run.events);
  const last = run.events.findLast(({ kind }) => WORKING.includes(kind) || LEFT.includes(kind));
  if (phase === undefined || last === undefined || LEFT.includes(last.kind)) return;
  const most = mostMemory(run.events, phase);
  const less = lessInWords(run.config, phase);
  await run.emit({ kind: 'warning', ...cutOffNotice(left, placeIn(phase, run.events), most, less) });
}

const WORKING: readonly RunEvent['kind'][] = ['planned', 'phase', 'resumed', 'step', 'finished'];
const LEFT: readonly RunEvent['kind'][] = ['failed', 'paused', 'cancelled'];

/** The runner says this of phases with steps; of the others nobody else does. */
async function recordLeftOff(run: OpenRun, kind: 'paused' | 'cancelled'): Promise<void> {
  const [phase] = openPhases(run.events);
  if (phase === undefined) return;
  const last = eventsOfPlan(run.events).findLast(
    (event) => event.kind === 'checkpoint' && event.phase === phase,
  );
  await run.emit({ kind, phase, step: last?.kind === 'checkpoint' ? last.step : 0 });
}

/** The folder was empty before, or was not there; so a corrected plan can use it again. */
async function forget({ files }: EngineHost, wasThere: boolean): Promise<void> {
  for (const name of await files.list('')) await files.remove(name);
  // Something of somebody else may have come into it.
  if (!wasThere) await rmdir(files.root).catch(() => undefined);
}
