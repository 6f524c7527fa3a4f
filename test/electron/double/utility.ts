/** `utilityProcess` in two ways: children that a test plays itself, or real processes of Node. */
import { fork as forkNode } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { PortDouble } from './ports.ts';

export interface ForkOptions {
  readonly serviceName: string;
  readonly stdio: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Handed {
  readonly message: unknown;
  readonly ports: readonly PortDouble[];
}

/** What the main process holds of a child. A test plays the child by `emit`, and reads what was posted to it. */
export class UtilityDouble extends EventEmitter {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  readonly posted: Handed[] = [];
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  pid: number | undefined;
  killed = 0;

  constructor(program: string, args: readonly string[], options: ForkOptions) {
    super();
    this.program = program;
    this.args = args;
    this.options = options;
    this.stdout = new PassThrough();
    this.stderr = new PassThrough();
  }

  postMessage(message: unknown, ports: readonly PortDouble[] = []): void {
    const handed = { message: structuredClone(message), ports };
    this.posted.push(handed);
    this.emit('posted', handed);
  }

  kill(): boolean {
    this.killed++;
    this.emit('killed');
    return true;
  }

  /** Ends as a process does: its output first, then the event. */
  end(code: number, words = ''): void {
    (this.stderr as PassThrough).end(words);
    (this.stdout as PassThrough).end();
    this.pid = undefined;
    this.emit('exit', code);
  }
}

const PARENT_PORT = fileURLToPath(new URL('./parentPort.mjs', import.meta.url));

/** A real process whose `process.parentPort`, and every port handed to it, goes through Node's own channel. */
export function realUtility(program: string, args: readonly string[], options: ForkOptions): UtilityDouble {
  const utility = new UtilityDouble(program, args, options);
  const child = forkNode(program, [...args], {
    execArgv: ['--import', PARENT_PORT],
    env: options.env,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ports: PortDouble[] = [];
  utility.pid = child.pid;
  child.stdout?.pipe(utility.stdout as PassThrough);
  child.stderr?.pipe(utility.stderr as PassThrough);
  const send = (packet: object): void => void (child.connected && child.send(packet, () => undefined));
  const handOver = (port: PortDouble): number => {
    const id = ports.push(port) - 1;
    port.on('message', ({ data }: { data: unknown }) => send({ port: id, data }));
    port.on('close', () => send({ port: id, closed: true }));
    return id;
  };
  utility.on('posted', ({ message, ports: handed }: Handed) => {
    const ids = handed.map(handOver);
    send({ message, ports: ids });
    handed.forEach((port) => port.start());
  });
  utility.on('killed', () => child.kill('SIGTERM'));
  child.on('message', (packet: { message?: unknown; port?: number; data?: unknown; closed?: true }) => {
    if (packet.port === undefined) utility.emit('message', packet.message);
    else if (packet.closed === true) ports[packet.port].close();
    else ports[packet.port].postMessage(packet.data);
  });
  child.on('close', (code) => {
    utility.pid = undefined;
    ports.forEach((port) => port.close());
    // As Electron does: 0 where a signal ended it.
    utility.emit('exit', code ?? 0);
  });
  return utility;
}
