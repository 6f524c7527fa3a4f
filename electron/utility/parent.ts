/** A utility process's tie to the main process: its port, windows that connect, and other processes on request. */
import type { MessagePortMain, ParentPort } from 'electron';
import { type Probe, probeExecutor, TRIAL_MS } from '../../headless/host/probe.ts';
import type { Measure } from '../../headless/host/measurement.ts';
import type { Availability } from '../../core/compute/executor.ts';
import type { Port } from '../../core/protocol/port.ts';
import { endInWords } from '../../headless/host/processEnd.ts';
import type { ProcessEnd } from '../../headless/host/processEnd.ts';
import type { ProcessHost, ServiceProcess } from '../../headless/services/processHost.ts';
import type { TryOut } from '../../headless/services/setup/setupWork.ts';
import { type LaterPort, laterPort } from '../ports/laterPort.ts';
import { portOver } from '../ports/messagePort.ts';
import { type ToMain, ToUtility, type UtilityEntry } from '../ports/parentMessages.ts';

export interface Parent {
  readonly home: string;
  /** What the main process calls this one. */
  readonly name: string;
  /** To whoever asked for this process. */
  readonly port: Port;
  /** Windows that came before are handed over at once. */
  onWindow(listener: (port: Port) => void): void;
  /** Processes are started by the main process; the ports to them are direct. */
  readonly processes: ProcessHost;
  readonly probe: Probe;
  /** The same, and how fast it is. */
  readonly measure: Measure;
  /** What was just set up, where it does not lie yet. */
  readonly tryOut: TryOut;
}

interface Asked {
  readonly later: LaterPort;
  readonly listeners: ((end: ProcessEnd) => void)[];
  end?: ProcessEnd;
}

/** @param argv program, entry file, home, name */
export function connectToParent(parent: ParentPort, argv: readonly string[]): Parent {
  const host = laterPort();
  const asked = new Map<number, Asked>();
  const windows: Port[] = [];
  let onWindow = (port: Port): void => void windows.push(port);
  let last = 0;

  const post = (message: ToMain): void => parent.postMessage(message);
  const receive = (message: ToUtility, wire: MessagePortMain | undefined): void => {
    if (message.kind === 'ended') return ended(message.id, message.end);
    if (wire === undefined) return;
    const port = portOver(wire);
    switch (message.kind) {
      case 'host':
        return host.connect(port);
      case 'window':
        return onWindow(port);
      case 'forked':
        // Closed when the main process tells its end, so that whoever waits hears first how it ended.
        return asked.get(message.id)?.later.connect({ ...port, onClose: () => undefined });
    }
  };
  const ended = (id: number, end: ProcessEnd): void => {
    const one = asked.get(id);
    if (one === undefined) return;
    asked.delete(id);
    one.end = end;
    one.listeners.forEach((tell) => tell(end));
    one.later.closed();
  };
  const fork = (entry: UtilityEntry, name: string): ServiceProcess => {
    const id = ++last;
    const one: Asked = { later: laterPort(), listeners: [] };
    asked.set(id, one);
    post({ kind: 'fork', id, entry, name });
    return {
      port: one.later.port,
      onExit(listener) {
        if (one.end === undefined) one.listeners.push(listener);
        else listener(one.end);
      },
      kill: () => post({ kind: 'kill', id }),
    };
  };

  parent.on('message', ({ data, ports }) => {
    const message = ToUtility.safeParse(data);
    if (message.success) receive(message.data, ports[0]);
  });
  return {
    home: argv[2],
    name: argv[3],
    port: host.port,
    onWindow(listener) {
      onWindow = listener;
      windows.splice(0).forEach(listener);
    },
    processes: { fork },
    probe: (executor) => probeExecutor(executor, { start: () => probeProcess(fork, executor) }),
    measure: (executor, signal) =>
      probeExecutor(executor, {
        ...(signal === undefined ? {} : { signal }),
        start: () => probeProcess(fork, executor, { measured: true }),
      }),
    tryOut: (executor, variable, folder, signal) =>
      probeExecutor(executor, {
        timeoutMs: TRIAL_MS,
        ...(signal === undefined ? {} : { signal }),
        start: () => probeProcess(fork, executor, { environment: { [variable]: folder } }),
      }),
  };
}

function probeProcess(
  fork: (entry: UtilityEntry, name: string) => ServiceProcess,
  executor: string,
  wish: { readonly measured?: true; readonly environment?: Readonly<Record<string, string>> } = {},
) {
  const child = fork('probe', `probe ${executor}`);
  child.port.post({ executor, ...wish });
  return {
    onAnswer: (listener: (answer: Availability) => void) =>
      child.port.listen((answer) => {
        const found = answer as Availability;
        listener(found);
        // One that is to be measured answers first that it works, then with more and more figures.
        if (wish.measured === undefined || !found.available || found.isMeasured === true) child.kill();
      }),
    onEnd: (listener: (how: string) => void) =>
      child.onExit((end) => listener(endInWords(end).replace(/^it /, ''))),
    kill: child.kill,
  };
}

/** Since Electron 37 a rejection that nobody handles is only a warning: the process would go on half broken. */
export function endOnUnhandled(): void {
  process.on('unhandledRejection', (reason) => {
    console.error(reason);
    process.exit(1);
  });
}
