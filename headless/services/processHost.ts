/** How services come by other processes: a child of Node here, a utility process in the desktop application. */
import type { Port } from '../../core/protocol/port.ts';

/** The programs there are: each is an entry file of whoever hosts the services. */
export type ServiceEntry = 'library' | 'registries' | 'engine' | 'data' | 'setup';

/** How a process ended. A process that was killed has a signal, where the system tells. */
export interface ProcessEnd {
  readonly code?: number;
  readonly signal?: string;
  /** The host knows that memory ran out. */
  readonly isOutOfMemory?: boolean;
  /** What it said last on its error stream, if anything. */
  readonly lastWords?: string;
}

/** In place of a signal, where a desktop tells no more. */
export const CRASH_OF_NATIVE_CODE = 'a crash of native code';

export interface ServiceProcess {
  readonly port: Port;
  readonly pid?: number;
  /** Called once; at once where it has ended already. */
  onExit(listener: (end: ProcessEnd) => void): void;
  /** Ends it without asking. */
  kill(): void;
}

export interface ProcessHost {
  /** @param name for lists of processes and logs, such as `engine 2027-01-31-flowers` */
  fork(entry: ServiceEntry, name: string): ServiceProcess;
}

/** How it ended, in words; nothing is known of a process that ended by itself with code 0. */
export function endInWords({ code, signal, lastWords }: ProcessEnd): string {
  const how =
    signal === undefined
      ? `it ended with code ${code ?? 'unknown'}`
      : signal === 'SIGKILL'
        ? 'it was killed, by the system where memory ran out, or by somebody (SIGKILL)'
        : `it was ended by ${signal}`;
  return lastWords === undefined || lastWords === '' ? how : `${how}: ${lastWords}`;
}
