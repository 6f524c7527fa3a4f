/** A process host whose processes run within the test: it serves their ports, and ends them as it likes. */
import type { Port } from '../../../core/protocol/port.ts';
import type { ProcessEnd } from '../../../headless/host/processEnd.ts';
import type { ProcessHost, ServiceEntry, ServiceProcess } from '../../../headless/services/processHost.ts';
import { portPair } from '../../helpers/portPair.ts';

export interface FakeProcess {
  readonly entry: ServiceEntry;
  readonly name: string;
  /** The process's own end of the wire. */
  readonly port: Port;
  /** Whether its host killed it. */
  isKilled(): boolean;
  /** Ends without a word. */
  end(how: ProcessEnd): void;
}

export interface FakeProcesses extends ProcessHost {
  readonly started: FakeProcess[];
}

/** @param serve what a process does once it has started */
export function fakeProcesses(serve: (process: FakeProcess) => void = () => undefined): FakeProcesses {
  const started: FakeProcess[] = [];
  return {
    started,
    fork(entry, name): ServiceProcess {
      const { near, far } = portPair();
      let end: ProcessEnd | undefined;
      let killed = false;
      const listeners: ((end: ProcessEnd) => void)[] = [];
      const finish = (how: ProcessEnd): void => {
        if (end !== undefined) return;
        end = how;
        far.close();
        listeners.forEach((tell) => tell(how));
      };
      const fake: FakeProcess = { entry, name, port: far, isKilled: () => killed, end: finish };
      started.push(fake);
      // A process whose host has hung up ends by itself.
      far.onClose(() => finish({ code: 0 }));
      serve(fake);
      return {
        port: near,
        pid: 1000 + started.length,
        onExit(listener) {
          if (end === undefined) listeners.push(listener);
          else listener(end);
        },
        kill() {
          killed = true;
          finish({ signal: 'SIGKILL' });
        },
      };
    },
  };
}

/** So that everything that waits for nothing but its turn has had it. */
export async function turns(count = 50): Promise<void> {
  for (let i = 0; i < count; i++) await Promise.resolve();
}
