/** One run and its process: started again from the last checkpoint where the process ends without a word. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { EngineTask } from '../../../core/protocol/engineApi.ts';
import { engineApi } from '../../../core/protocol/engineApi.ts';
import type { RunProcess, RunWish } from '../../../core/protocol/hostApi.ts';
import type { Client } from '../../../core/protocol/rpc.ts';
import { connect, errorData } from '../../../core/protocol/rpc.ts';
import type { Failure } from '../../../core/protocol/values.ts';
import { deferred } from '../deferred.ts';
import type { ProcessEnd } from '../../host/processEnd.ts';
import type { ProcessHost, ServiceProcess } from '../processHost.ts';
import { endInWords } from '../../host/processEnd.ts';
import { memoryEnd } from './memoryEnd.ts';
import type { MemoryWatch, WatchMemory } from '../../host/memoryWatch.ts';
import { watchMemory } from '../../host/memoryWatch.ts';

export interface RestartRules {
  /** So many within the window; one more is a failure. */
  readonly most: number;
  readonly windowMs: number;
  /** Before the first; doubles with each. */
  readonly delayMs: number;
}

export const RESTARTS: RestartRules = { most: 3, windowMs: 600_000, delayMs: 1000 };
/** An engine whose work is done ends by itself; one that hangs is ended. */
const LEAVE_MS = 5000;

export interface SupervisedOptions {
  readonly runId: string;
  readonly folder: string;
  readonly processes: ProcessHost;
  readonly now: () => number;
  readonly restarts: RestartRules;
  /** How its processes' memory is looked at; tests play it. */
  readonly watch?: WatchMemory;
  onChange(process: RunProcess): void;
}

export interface SupervisedRun {
  readonly process: () => RunProcess;
  /** Whether a process works on it or is about to. */
  isAtWork(): boolean;
  wish(wish: RunWish): Promise<void>;
  /** Lets it save and end for now, where nobody wished something else. */
  setAside(): Promise<void>;
  /** Whether it ended for no other reason than that. */
  isSetAside(): boolean;
  /** Resolves once the plan is on record. @throws what kept it from that */
  readonly begun: Promise<void>;
  /** Resolves when it is over, however it ends. */
  readonly over: Promise<void>;
  /** Ends the process without asking; it is not started again. */
  kill(): void;
}

type EngineClient = Client<typeof engineApi>;

/** @param before resolves when it may start */
export function superviseRun(
  task: EngineTask,
  options: SupervisedOptions,
  before: Promise<void> = Promise.resolve(),
): SupervisedRun {
  const { runId, folder, processes, now, restarts, watch = watchMemory, onChange } = options;
  let shown: RunProcess = { runId, state: { kind: 'starting' }, restarts: 0 };
  let engine: { client: EngineClient; child: ServiceProcess } | undefined;
  let memory: MemoryWatch | undefined;
  let wished: RunWish = 'goOn';
  let dismissed = false;
  let aside = false;
  let hasBegun = false;
  let died: readonly number[] = [];
  let retry: NodeJS.Timeout | undefined;
  const begun = deferred();
  const over = deferred();
  // Whoever started the run waits for it; where nobody does, its state tells.
  begun.promise.catch(() => undefined);

  const show = (change: Partial<RunProcess>): void => {
    shown = { ...shown, ...change };
    onChange(shown);
  };
  const working = (): RunProcess['state'] =>
    wished === 'goOn' ? { kind: 'working' } : { kind: 'working', wish: wished };
  const finish = (state: RunProcess['state']): void => {
    if (isOver()) return;
    clearTimeout(retry);
    memory?.stop();
    show({ state, activity: undefined, memoryBytes: undefined, pid: undefined });
    if (state.kind === 'failed') {
      const { code, message, hint } = state.failure;
      begun.reject(new CellsmithError(code, message, hint));
    }
    begun.resolve();
    over.resolve();
  };
  const isOver = (): boolean => shown.state.kind === 'ended' || shown.state.kind === 'failed';

  const launch = (what: EngineTask): void => {
    const child = processes.fork('engine', `engine ${runId}`);
    const client = connect(child.port, engineApi);
    engine = { client, child };
    show({ state: { kind: 'starting' }, pid: child.pid, activity: undefined });
    memory = watch(() => child.pid);
    listen(client);
    client.call('work', what).then(
      ({ outcome }) => {
        leave(client, child);
        finish({ kind: 'ended', outcome });
      },
      (error: unknown) => {
        if (error instanceof CellsmithError && error.code === 'disconnected') {
          child.onExit((end) => void afterEnd(end));
          return;
        }
        leave(client, child);
        finish({ kind: 'failed', failure: errorData(error) });
      },
    );
    if (wished !== 'goOn') void send(wished);
  };

  const listen = (client: EngineClient): void => {
    client.on('begun', () => {
      hasBegun = true;
      show({ state: working() });
      begun.resolve();
    });
    client.on('phase', ({ phase }) => show({ phase, activity: undefined }));
    client.on('compiling', ({ program, status }) =>
      show({
        activity:
          status === 'done' ? undefined : { kind: 'compiling', program, status, since: since(program) },
      }),
    );
    client.on('counting', (counted) => {
      // What is done is no work any more, unless the phase goes on counting.
      const isDone = counted.done >= counted.total && (counted.share ?? 1) >= 1;
      show({ activity: isDone ? undefined : { kind: 'counting', ...counted } });
    });
    client.on('memory', ({ bytes }) => {
      memory?.report(bytes);
      show({ memoryBytes: bytes });
    });
  };
  const since = (program: string): number => {
    const { activity } = shown;
    return activity?.kind === 'compiling' && activity.program === program ? activity.since : now();
  };

  const afterEnd = async (end: ProcessEnd): Promise<void> => {
    engine = undefined;
    const reason = endInWords(end);
    const failure = dismissed ? undefined : await lackOfMemory(end);
    if (failure !== undefined) return finish({ kind: 'failed', failure });
    if (dismissed || wished === 'pause' || wished === 'stop')
      return finish({ kind: 'ended', outcome: wished === 'stop' ? 'stopped' : 'paused' });
    if (!hasBegun) return finish({ kind: 'failed', failure: endedEarly(reason) });
    died = [...died, now()].filter((at) => now() - at < restarts.windowMs);
    if (died.length > restarts.most)
      return finish({ kind: 'failed', failure: endedTooOften(reason, restarts.most) });
    show({
      state: { kind: 'restarting', reason, attempt: died.length },
      restarts: shown.restarts + 1,
      activity: undefined,
      pid: undefined,
    });
    const delay = restarts.delayMs * 2 ** (died.length - 1);
    retry = setTimeout(() => launch({ kind: 'resume', folder }), delay);
  };

  /** Started again, it would only end there again. */
  const lackOfMemory = async (end: ProcessEnd): Promise<Failure | undefined> => {
    if (memory === undefined) return undefined;
    const { activity } = shown;
    return memoryEnd(end, { runId, folder, processes, watch: memory, activity, isOnRecord: hasBegun });
  };

  const send = async (wish: RunWish): Promise<void> => {
    // Where the process is gone, what is wished is heeded when its end is told.
    await engine?.client.call('wish', { wish }).catch(() => undefined);
  };

  const wish = async (what: RunWish): Promise<void> => {
    wished = what;
    if (shown.state.kind === 'working') show({ state: working() });
    // No process yet, and nothing lost where there never is one.
    const waits = shown.state.kind === 'restarting' || (task.kind === 'resume' && engine === undefined);
    if (waits && !isOver() && (what === 'pause' || what === 'stop'))
      return finish({ kind: 'ended', outcome: what === 'pause' ? 'paused' : 'stopped' });
    await send(what);
  };

  onChange(shown);
  before.then(
    () => {
      if (isOver()) return;
      if (dismissed) finish({ kind: 'ended', outcome: 'paused' });
      else launch(task);
    },
    (error: unknown) => finish({ kind: 'failed', failure: errorData(error) }),
  );

  return {
    process: () => shown,
    isAtWork: () => !isOver(),
    begun: begun.promise,
    over: over.promise,
    wish,
    async setAside() {
      if (wished === 'pause' || wished === 'stop') return;
      aside = true;
      await wish('pause');
    },
    isSetAside: () => aside && shown.state.kind === 'ended' && shown.state.outcome === 'paused',
    kill() {
      dismissed = true;
      if (shown.state.kind === 'restarting') finish({ kind: 'ended', outcome: 'paused' });
      engine?.child.kill();
    },
  };
}

function leave(client: EngineClient, child: ServiceProcess): void {
  client.close();
  const timer = setTimeout(() => child.kill(), LEAVE_MS);
  child.onExit(() => clearTimeout(timer));
}

function endedEarly(reason: string): { code: string; message: string; hint: string } {
  return {
    code: 'engine-ended',
    message: `The process of the run could not begin its work: ${reason}.`,
    hint: 'Try again; if it happens again, start the run in a terminal (cellsmith search), which shows all of the error.',
  };
}

function endedTooOften(reason: string, most: number): { code: string; message: string; hint: string } {
  return {
    code: 'engine-ended',
    message: `The process of the run ended ${most + 1} times in a short time, the last time since ${reason}.`,
    hint: 'Everything up to the last checkpoint is saved. What it said last may tell why; then resume the run.',
  };
}
