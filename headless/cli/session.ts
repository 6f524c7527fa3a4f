/** One working session on a run: signals, progress, the phases of its plan, the result. Loads the engine. */
import type { EngineHost } from '../../core/engine/host.ts';
import { runPlan } from '../../core/engine/phases.ts';
import type { OpenRun } from '../../core/engine/run.ts';
import { eventsOfPlan } from '../../core/engine/run.ts';
import { summarise } from '../../core/engine/summary.ts';
import type { Summary } from '../../core/engine/summary.ts';
import type { RunConfig } from '../../core/runs/runConfig.ts';
import type { Outcome } from '../../core/runs/runner.ts';
import { systemClock } from '../host/clock.ts';
import { createEngineHost } from '../host/engineHost.ts';
import { EXIT, printResult, say } from './output.ts';
import { createProgressPrinter } from './progressPrinter.ts';
import { listenForStop, StoppedByUser } from './stopSignals.ts';
import { summaryText } from './summaryText.ts';
import { writeReport } from './writeReport.ts';

export interface Session {
  readonly folder: string;
  readonly json?: boolean;
  /** Takes the run; a run that is new and fails before its first phase leaves nothing behind. */
  open(host: EngineHost): Promise<OpenRun>;
  readonly isNew: boolean;
  /** Records what to do, where it is not on record yet. @returns the configuration it is done under */
  plan(run: OpenRun): Promise<RunConfig>;
}

/** @returns the exit code. @throws what the engine throws */
export async function runSession(session: Session): Promise<number> {
  const { folder, json = false } = session;
  const printer = createProgressPrinter(process.stderr, systemClock);
  const signals = listenForStop(printer.line);
  const host = createEngineHost({
    folder,
    wish: signals.wish,
    onEvent: printer.event,
    onProgress(what, done, total) {
      signals.check();
      printer.working(what, done, total);
    },
  });
  try {
    const run = await session.open(host);
    printer.recall([...run.events]);
    const outcome = await workOn(run, host, session);
    printer.close();
    if (outcome !== 'finished') return tellStopped(folder, json);
    tellResult(summarise(run.events), json);
    return anyWrongExport(run) ? EXIT.failed : EXIT.done;
  } finally {
    printer.close();
    signals.release();
  }
}

async function workOn(run: OpenRun, host: EngineHost, { plan, isNew }: Session): Promise<Outcome> {
  let began = false;
  try {
    const config = await plan(run);
    const outcome = await runPlan(run, config, host);
    // While the folder is still held.
    if (outcome === 'finished') await writeReport(host.files, run.events);
    began = true;
    return outcome;
  } catch (error) {
    if (error instanceof StoppedByUser) {
      began = true;
      return 'stopped';
    }
    began = run.events.some(({ kind }) => kind === 'phase');
    throw error;
  } finally {
    await run.close();
    if (isNew && !began) await forget(host);
  }
}

/** The folder was empty before; so a corrected command line can use it again. */
async function forget({ files }: EngineHost): Promise<void> {
  for (const name of await files.list('')) await files.remove(name);
}

/** An export of this plan that its runtime reads otherwise; one that could only not be checked is none. */
function anyWrongExport({ events }: OpenRun): boolean {
  return eventsOfPlan(events).some(
    (event) =>
      event.kind === 'exported' &&
      event.exports.some(
        ({ verified, maxAbsLogitDifference }) => !verified && maxAbsLogitDifference !== undefined,
      ),
  );
}

function tellStopped(folder: string, json: boolean): number {
  const message = `Stopped; everything up to here is saved in ${folder}.`;
  const hint = `Go on with: cellsmith resume --run ${folder}`;
  if (json) printResult(JSON.stringify({ error: { code: 'stopped', message, hint } }));
  say(`${message}\n  → ${hint}`);
  return EXIT.stopped;
}

function tellResult(summary: Summary, json: boolean): void {
  printResult(json ? JSON.stringify(summary) : summaryText(summary));
}
