/** A process that works for the library: started when needed, ended when it does not let go or has nothing to do. */
import { CellsmithError } from '../../core/base/errors.ts';
import type { Api, CallContext, Client } from '../../core/protocol/rpc.ts';
import { connect } from '../../core/protocol/rpc.ts';
import type { ProcessHost, ServiceEntry, ServiceProcess } from './processHost.ts';
import { endInWords } from '../host/processEnd.ts';

export interface WorkOptions<A extends Api> {
  readonly entry: ServiceEntry;
  readonly api: A;
  /** Asks for an answer once no work is under way. */
  readonly rest: (client: Client<A>) => Promise<void>;
  /** It ended without an answer. @param how in words, where that is known */
  readonly ended: (how: string | undefined) => CellsmithError;
  /** Cancelled work that goes on for so long is ended with its process. */
  readonly graceMs: number;
  /** Without work for so long, it is ended. */
  readonly idleMs: number;
}

export interface WorkProcess<A extends Api> {
  /** @throws what the work throws; `ended` where its process ended by itself */
  run<T>(context: CallContext, work: (client: Client<A>, context: CallContext) => Promise<T>): Promise<T>;
  /** Once cancelled work has let go, or was ended. */
  letGo(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
  /** Lets it clean up, and end by itself. */
  hangUp(): void;
}

interface Running<A extends Api> {
  readonly process: ServiceProcess;
  readonly client: Client<A>;
  /** How it ended, in words, once it has. */
  end?: string;
  /** Ended by us, since cancelled work did not let go: work of others is begun again. */
  dismissed: boolean;
}

export function workProcess<A extends Api>(host: ProcessHost, options: WorkOptions<A>): WorkProcess<A> {
  const { entry, api, rest, ended, graceMs, idleMs } = options;
  let current: Running<A> | undefined;
  let working = 0;
  let idle: NodeJS.Timeout | undefined;
  let lettingGo: Promise<void> = Promise.resolve();

  const start = (): Running<A> => {
    const process = host.fork(entry, entry);
    const running: Running<A> = { process, client: connect(process.port, api), dismissed: false };
    process.onExit((end) => {
      running.end = endInWords(end);
      if (current === running) current = undefined;
    });
    return running;
  };

  const dismiss = (running: Running<A>): void => {
    running.dismissed = true;
    if (current === running) current = undefined;
    running.process.kill();
  };

  /** Cancelled work that goes on all the same would hold up whoever comes next. */
  const letGo = (running: Running<A>): void => {
    const patience = setTimeout(() => dismiss(running), graceMs);
    lettingGo = rest(running.client).then(
      () => clearTimeout(patience),
      () => clearTimeout(patience),
    );
  };

  const attempt = async <T>(
    context: CallContext,
    work: (client: Client<A>, context: CallContext) => Promise<T>,
  ): Promise<T> => {
    // It takes a moment; whoever waits knows that something happens.
    if (current === undefined) context.progress({ what: 'getting ready', done: 0, total: 0 });
    const running = (current ??= start());
    try {
      return await work(running.client, context);
    } catch (error) {
      if (context.signal.aborted) letGo(running);
      else if (error instanceof CellsmithError && error.code === 'disconnected') {
        if (running.dismissed) return attempt(context, work);
        throw ended(running.end);
      }
      throw error;
    }
  };

  return {
    async run(context, work) {
      clearTimeout(idle);
      working++;
      try {
        return await attempt(context, work);
      } finally {
        working--;
        if (working === 0 && current !== undefined) {
          const resting = current;
          idle = setTimeout(() => dismiss(resting), idleMs);
          idle.unref();
        }
      }
    },
    letGo: () => lettingGo,
    kill() {
      clearTimeout(idle);
      if (current !== undefined) dismiss(current);
    },
    hangUp() {
      clearTimeout(idle);
      current?.client.close();
    },
  };
}
