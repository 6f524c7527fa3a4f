/** One working session on a run: signals, progress, the phases of its plan, the result. Loads the engine. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { OpenRun } from '../../core/engine/run.ts';
import { eventsOfPlan } from '../../core/engine/run.ts';
import { summarise } from '../../core/engine/summary.ts';
import type { Summary } from '../../core/engine/summary.ts';
import { systemClock } from '../host/clock.ts';
import { createEngineHost } from '../host/engineHost.ts';
import type { RunWork } from '../host/workOnRun.ts';
import { workOnRun } from '../host/workOnRun.ts';
import { EXIT, printResult, say } from './output.ts';
import { createProgressPrinter } from './progressPrinter.ts';
import { quoted } from './shellWord.ts';
import { listenForStop } from './stopSignals.ts';
import { summaryText } from './summaryText.ts';
import { callWitness } from './witness/witness.ts';

export interface Session extends RunWork {
  readonly folder: string;
  readonly json?: boolean;
}

/** @returns the exit code. @throws what the engine throws */
export async function runSession(session: Session): Promise<number> {
  const { folder, json = false } = session;
  const printer = createProgressPrinter(process.stderr, systemClock);
  const signals = listenForStop(printer.line);
  const witness = callWitness({ kind: 'run', folder, json });
  const host = createEngineHost({
    folder,
    wish: signals.wish,
    onEvent(event) {
      witness.event(event);
      printer.event(event);
    },
    onProgress(what, done, total) {
      signals.check();
      witness.counted(what, done, total);
      printer.working(what, done, total);
    },
  });
  let opened: OpenRun | undefined;
  try {
    const { run, outcome } = await workOnRun(host, {
      ...session,
      async open(engineHost) {
        opened = await session.open(engineHost);
        printer.recall([...opened.events]);
        return opened;
      },
    });
    printer.close();
    if (outcome !== 'finished') return tellStopped(folder, json);
    tellResult(summarise(run.events), json);
    return anyWrongExport(run) ? EXIT.failed : EXIT.done;
  } catch (error) {
    throw await withCommands(error, opened, folder);
  } finally {
    witness.dismiss();
    printer.close();
    signals.release();
  }
}

/** What is loaded to say so is needed by nobody else. */
async function withCommands(error: unknown, run: OpenRun | undefined, folder: string): Promise<unknown> {
  if (!(error instanceof CellsmithError) || error.code !== 'out-of-memory') return error;
  const told = await import('./memoryCommands.ts');
  return told.withCommands(error, run, folder);
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
  const hint = `Go on with: cellsmith resume --run ${quoted(folder)}`;
  if (json) printResult(JSON.stringify({ error: { code: 'stopped', message, hint } }));
  say(`${message}\n  → ${hint}`);
  return EXIT.stopped;
}

function tellResult(summary: Summary, json: boolean): void {
  printResult(json ? JSON.stringify(summary) : summaryText(summary));
}
