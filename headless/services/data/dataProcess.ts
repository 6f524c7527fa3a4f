/** The library's end of the data process: started when needed, ended when it does not let go or has nothing to do. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { CallContext, Client } from '../../../core/protocol/rpc.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import type { ProcessHost, ServiceProcess } from '../processHost.ts';
import { endInWords } from '../processHost.ts';
import { dataApi } from './dataApi.ts';

/** Cancelled work is left at the next file; what takes longer is one long computation. */
const GRACE_MS = 2000;
/** A data set in memory is kept for the next look, but not for ever. */
const IDLE_MS = 180_000;

type DataClient = Client<typeof dataApi>;

interface Running {
  readonly process: ServiceProcess;
  readonly client: DataClient;
  /** How it ended, in words, once it has. */
  end?: string;
  /** Ended by us, since cancelled work did not let go: work of others is begun again. */
  dismissed: boolean;
}

export interface DataProcess {
  /** @throws what the work throws; `data-process-ended` where its process ended by itself */
  run<T>(context: CallContext, work: (client: DataClient, context: CallContext) => Promise<T>): Promise<T>;
  close(): void;
}

export function dataProcess(host: ProcessHost, { graceMs = GRACE_MS, idleMs = IDLE_MS } = {}): DataProcess {
  let current: Running | undefined;
  let working = 0;
  let idle: NodeJS.Timeout | undefined;

  const start = (): Running => {
    const process = host.fork('data', 'data');
    const running: Running = { process, client: connect(process.port, dataApi), dismissed: false };
    process.onExit((end) => {
      running.end = endInWords(end);
      if (current === running) current = undefined;
    });
    return running;
  };

  const dismiss = (running: Running): void => {
    running.dismissed = true;
    if (current === running) current = undefined;
    running.process.kill();
  };

  /** Cancelled work that goes on all the same would hold up whoever comes next. */
  const letGo = (running: Running): void => {
    const patience = setTimeout(() => dismiss(running), graceMs);
    running.client.call('rest', {}).then(
      () => clearTimeout(patience),
      () => clearTimeout(patience),
    );
  };

  const attempt = async <T>(
    context: CallContext,
    work: (client: DataClient, context: CallContext) => Promise<T>,
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
    close() {
      clearTimeout(idle);
      if (current !== undefined) dismiss(current);
    },
  };
}

function ended(how: string | undefined): CellsmithError {
  return new CellsmithError(
    'data-process-ended',
    `The process that read the data ended without an answer${how === undefined ? '' : `: ${how}`}.`,
    'Try it again; where memory ran out, use smaller images or fewer of them.',
  );
}
