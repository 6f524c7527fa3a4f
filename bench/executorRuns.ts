/** Executors, each measured in a process of its own; one that does not work here is told, and the others are measured. */
import { fork } from 'node:child_process';
import { computingEnvironment } from '../headless/loading/computing.mjs';
import type { ConfigName } from './configs.ts';
import type { ExecutorResult } from './executorChild.ts';

/** In place of a result. */
export interface NotAvailable {
  readonly executor: string;
  readonly notAvailable: string;
}

export interface Measuring {
  /** The bundle of `executorChild.ts`. */
  readonly program: string;
  readonly config: ConfigName;
  readonly threads: number;
  readonly partialChannels: number;
  readonly execArgv?: readonly string[];
}

/** Never throws: whatever goes wrong is the reason. */
export function measured(
  executor: string,
  { program, config, threads, partialChannels, execArgv = [] }: Measuring,
): Promise<ExecutorResult | NotAvailable> {
  return new Promise((resolve) => {
    const child = fork(program, [config, executor, String(threads), String(partialChannels)], {
      execArgv: [...execArgv],
      env: computingEnvironment(),
    });
    let result: ExecutorResult | NotAvailable | undefined;
    const notAvailable = (reason: string): void => resolve({ executor, notAvailable: reason });
    child.on('message', (message) => (result = message as typeof result));
    child.on('error', ({ message }) => notAvailable(message));
    child.on('close', (code, signal) => {
      if (result === undefined)
        notAvailable(`its process ended with ${signal ?? `code ${code}`} before it was measured`);
      else resolve(result);
    });
  });
}

export function wasMeasured(result: ExecutorResult | NotAvailable): result is ExecutorResult {
  return !('notAvailable' in result);
}
