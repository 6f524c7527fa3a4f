/** How services come by other processes: a child of Node here, a utility process in the desktop application. */
import type { Port } from '../../core/protocol/port.ts';
import type { ProcessEnd } from '../host/processEnd.ts';

/** The programs there are: each is an entry file of whoever hosts the services. */
export type ServiceEntry = 'library' | 'registries' | 'engine' | 'data' | 'setup';

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
