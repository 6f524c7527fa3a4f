/** Utility processes for the services, and for utility processes, which cannot start others themselves. */
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { ProcessHost, ServiceProcess } from '../../headless/services/processHost.ts';
import { laterPort } from '../ports/laterPort.ts';
import { portOver } from '../ports/messagePort.ts';
import type { ToMain, UtilityEntry } from '../ports/parentMessages.ts';
import type { Log } from './log.ts';
import { type UtilityChild, utilityChild } from './utilityChild.ts';

export interface UtilityService extends ServiceProcess {
  /** Connects a window to the process. */
  connectWindow(port: MessagePortMain): void;
}

export interface UtilityHost extends ProcessHost {
  fork(entry: UtilityEntry, name: string): UtilityService;
}

export interface UtilityHostOptions {
  /** Folder of the utility processes' programs. */
  readonly programs: string;
  readonly home: string;
  readonly log: Log;
}

/** Once the application is ready. */
export function createUtilityHost({ programs, home, log }: UtilityHostOptions): UtilityHost {
  let last = 0;

  /** @param port the starter's end is elsewhere */
  const start = (entry: UtilityEntry, name: string, port: MessagePortMain): UtilityChild => {
    const program = join(programs, `${entry}.js`);
    const child = utilityChild(program, [home, name], `Cellsmith ${name} (${++last})`, log);
    child.post({ kind: 'host' }, [port]);
    serveForks(child);
    return child;
  };

  const serveForks = (parent: UtilityChild): void => {
    const children = new Map<number, UtilityChild>();
    const fork = ({ id, entry, name }: Extract<ToMain, { kind: 'fork' }>): void => {
      const { port1, port2 } = new MessageChannelMain();
      const child = start(entry, name, port1);
      children.set(id, child);
      parent.post({ kind: 'forked', id }, [port2]);
      child.onEnd((end) => {
        children.delete(id);
        parent.post({ kind: 'ended', id, end });
      });
    };
    parent.onMessage((message) => {
      if (message.kind === 'fork') fork(message);
      else children.get(message.id)?.kill();
    });
    parent.onEnd(() => children.forEach((child) => child.kill()));
  };

  return {
    fork(entry, name) {
      const { port1, port2 } = new MessageChannelMain();
      const child = start(entry, name, port1);
      // Closed by the end of the process, not by the wire: whoever waits hears first how it ended.
      const later = laterPort();
      const wire = portOver(port2);
      later.connect({ ...wire, onClose: () => undefined });
      const service: UtilityService = {
        port: later.port,
        get pid() {
          return child.pid;
        },
        onExit: child.onEnd,
        kill: child.kill,
        connectWindow: (port) => child.post({ kind: 'window' }, [port]),
      };
      // Registered behind whoever registers in this turn.
      queueMicrotask(() => child.onEnd(later.closed));
      return service;
    },
  };
}
