/** A process beside the one that computes: it tells why that was killed, where memory ran out. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { RunEvent } from '../../../core/runs/events.ts';
import { compilingWords, countingWords } from '../../host/doingWords.ts';
import type { ForecastPlan } from '../../host/forecastDeath.ts';
import { standBack } from '../../host/standBack.ts';
import { childProgram } from '../../loading/childProgram.ts';

/** What is at stake. */
export type WitnessTask =
  | { readonly kind: 'run'; readonly folder: string; readonly json: boolean }
  | ({ readonly kind: 'forecast'; readonly json: boolean } & ForecastPlan);

/** What the witness is told. */
export type ToWitness = WitnessTask | { readonly kind: 'doing'; readonly what: string };

export interface Witness {
  /** What a process without steps does now; empty where its journal tells. */
  doing(what: string): void;
  /** Work that is counted. */
  counted(what: string, done: number, total: number): void;
  /** The compilations among the events of a run. */
  event(event: RunEvent): void;
  dismiss(): void;
}

const CHILD = new URL('./witnessChild.ts', import.meta.url);
/** Counts may come for each of a hundred thousand files. */
const TELL_MS = 100;
const NOBODY: Witness = {
  doing: () => undefined,
  counted: () => undefined,
  event: () => undefined,
  dismiss: () => undefined,
};

/** Until `dismiss`, or until the process ends in order. Only Linux tells of another process what it takes; elsewhere nobody comes. */
export function callWitness(task: WitnessTask, platform: string = process.platform): Witness {
  if (platform !== 'linux') return NOBODY;
  let child: ChildProcess;
  try {
    child = begun();
  } catch {
    // Where memory is short from the beginning, Node throws; a terminal works without a witness.
    return NOBODY;
  }
  child.on('error', () => undefined);
  child.unref();
  child.channel?.unref();
  standBack(child.pid, 'after');

  let toldAt = 0;
  const send = (message: ToWitness): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const doing = (what: string): void => {
    const now = performance.now();
    if (what !== '' && now - toldAt < TELL_MS) return;
    toldAt = now;
    send({ kind: 'doing', what });
  };
  const dismiss = (): void => {
    process.removeListener('exit', dismiss);
    child.kill('SIGKILL');
  };
  process.once('exit', dismiss);
  send(task);
  return {
    doing,
    counted: (what, done, total) => doing(done === total ? '' : countingWords({ what, done, total })),
    event(event) {
      if (event.kind !== 'compiling') return;
      doing(event.status === 'done' ? '' : compilingWords(event));
    },
    dismiss,
  };
}

function begun(): ChildProcess {
  const { path, execArgv } = childProgram(CHILD);
  return fork(path, [], {
    execArgv: [...execArgv],
    // Ctrl-C is for the one that computes.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
