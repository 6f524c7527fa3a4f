/** One utility process: its output goes to the log, and its end is told once, however Electron tells it. */
import { app, type Details, type MessagePortMain, utilityProcess } from 'electron';
import { lastWords } from '../../headless/host/lastWords.ts';
import { CRASH_OF_NATIVE_CODE, type ProcessEnd } from '../../headless/host/processEnd.ts';
import { ToMain, type ToUtility } from '../ports/parentMessages.ts';
import type { Log } from './log.ts';

/** Read by TensorFlow's native library when it is loaded, so they must be there before the process starts. */
const ENVIRONMENT = { TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_CPP_MIN_LOG_LEVEL: '2' };
/** How long a process that was told to end, or was reported gone, may take to be told as ended. */
export const PATIENCE_MS = 2000;
/** How long its last words may be under way once it has ended. */
export const DRAIN_MS = 200;

export interface UtilityChild {
  readonly pid: number | undefined;
  /** Hands ports over with a message. Silent once the process has ended. */
  post(message: ToUtility, ports?: MessagePortMain[]): void;
  onMessage(listener: (message: ToMain) => void): void;
  /** Called once, never from inside an event of Electron; at once where it has ended already. */
  onEnd(listener: (end: ProcessEnd) => void): void;
  kill(): void;
}

/**
 * @param program file
 * @param name one of its own: it is all that `child-process-gone` says about which process it was
 */
export function utilityChild(program: string, args: string[], name: string, log: Log): UtilityChild {
  const child = utilityProcess.fork(program, args, {
    serviceName: name,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...ENVIRONMENT },
  });
  const { stdout, stderr } = child;
  const words = lastWords();
  const listeners: ((end: ProcessEnd) => void)[] = [];
  let end: ProcessEnd | undefined;
  let gone: Details | undefined;

  const finish = (code: number): void => {
    if (end !== undefined) return;
    app.off('child-process-gone', onGone);
    end = endOf(code, gone, words.line());
    log(`${name} ended: ${JSON.stringify({ reason: gone?.reason, ...end })}`);
    for (const tell of listeners) tell(end);
  };
  // The two may come alone, in either order, and twice. Electron has crashed over messages sent from inside them.
  const onGone = (_event: unknown, details: Details): void => {
    if (details.name !== name || gone !== undefined) return;
    gone = details;
    setTimeout(() => finish(details.exitCode), PATIENCE_MS).unref();
  };
  app.on('child-process-gone', onGone);
  child.on('exit', (code) => {
    const drained = setTimeout(() => finish(code), DRAIN_MS);
    if (stderr !== null)
      stderr.once('end', () => {
        clearTimeout(drained);
        setImmediate(() => finish(code));
      });
  });

  const say = (bytes: Uint8Array): void => log(`${name}: ${new TextDecoder().decode(bytes)}`);
  stdout?.on('data', say);
  stderr?.on('data', (bytes: Uint8Array) => {
    words.add(bytes);
    say(bytes);
  });

  return {
    get pid() {
      return child.pid;
    },
    post(message, ports = []) {
      if (end === undefined) child.postMessage(message, ports);
    },
    onMessage(listener) {
      child.on('message', (raw: unknown) => {
        const message = ToMain.safeParse(raw);
        if (message.success) listener(message.data);
      });
    },
    onEnd(listener) {
      if (end === undefined) listeners.push(listener);
      else listener(end);
    },
    kill() {
      if (end !== undefined) return;
      child.kill();
      // A handler of native code may swallow the polite signal.
      setTimeout(() => {
        if (end === undefined && child.pid !== undefined) killNow(child.pid, log);
      }, PATIENCE_MS).unref();
    },
  };
}

function killNow(pid: number, log: Log): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    log(`process ${pid} cannot be ended: ${String(error)}`);
  }
}

/** An exit code can be 0 after a crash; the reason is right, where Electron gives one. */
function endOf(code: number, gone: Details | undefined, line: string | undefined): ProcessEnd {
  const said = line === undefined ? {} : { lastWords: line };
  switch (gone?.reason) {
    case undefined:
    case 'clean-exit':
    case 'abnormal-exit':
      return { code, ...said };
    case 'killed':
      return { signal: 'SIGKILL', ...said };
    case 'oom':
    case 'memory-eviction':
      return { signal: 'a lack of memory', isOutOfMemory: true, ...said };
    case 'crashed':
      return { signal: CRASH_OF_NATIVE_CODE, ...said };
    case 'launch-failed':
    case 'integrity-failure':
      return { code, lastWords: line ?? 'it could not be started' };
  }
}
