/** Asks in a throw-away process whether an executor works here: a driver that crashes takes only that process along. */
import { fork } from 'node:child_process';
import type { Availability } from '../../core/compute/executor.ts';
import { childProgram } from '../loading/childProgram.ts';
import { computingEnvironment } from '../loading/computing.mjs';
import { lastWords } from './lastWords.ts';
import { standBack } from './standBack.ts';

/** Asks the child to measure, too. */
export const MEASURED = 'measured';
const CHILD = new URL('./probeChild.ts', import.meta.url);
/** Loading TensorFlow's native library from a cold disk takes some seconds. */
const TIMEOUT_MS = 60_000;
/** What was just set up, from a cold disk, with kernels that a card may have to compile first. */
export const TRIAL_MS = 300_000;

const BUSY = 'Other programs may keep the processors busy: try it again when they are done.';

/** Whether the executor `id` works here. Never throws: whatever goes wrong is the reason. */
export type Probe = (id: string) => Promise<Availability>;

/** The throw-away process, whoever starts it. */
export interface ProbeProcess {
  onAnswer(listener: (answer: Availability) => void): void;
  /** Called once, last. @param how such as `ended with code 1: TypeError: …` */
  onEnd(listener: (how: string) => void): void;
  kill(): void;
}

export interface ProbeOptions {
  readonly timeoutMs?: number;
  /** Also measures `standardPassMs`, as far as the time allows. */
  readonly measured?: boolean;
  /** Ends the process. */
  readonly signal?: AbortSignal;
  readonly start?: (id: string) => ProbeProcess;
}

/** Never throws: whatever goes wrong is the reason. */
export function probeExecutor(id: string, options: ProbeOptions = {}): Promise<Availability> {
  const { timeoutMs = TIMEOUT_MS, measured = false, signal } = options;
  const { start = (name: string) => forkProbe(name, { measured }) } = options;
  return new Promise((resolve) => {
    const child = start(id);
    let answer: Availability | undefined;
    const timer = setTimeout(() => {
      answer ??= { available: false, reason: `it did not answer within ${timeoutMs / 1000} s`, hint: BUSY };
      child.kill();
    }, timeoutMs);
    if (signal?.aborted === true) child.kill();
    signal?.addEventListener('abort', () => child.kill(), { once: true });
    // A second answer says more than the first.
    child.onAnswer((given) => (answer = given));
    child.onEnd((how) => {
      clearTimeout(timer);
      resolve(answer ?? { available: false, reason: `the probe ${how}` });
    });
  });
}

export interface ForkOptions {
  readonly measured?: boolean;
  /** The program that answers; tests put others in its place. */
  readonly program?: URL;
  readonly environment?: NodeJS.ProcessEnv;
}

export function forkProbe(id: string, options: ForkOptions = {}): ProbeProcess {
  const { measured = false, program = CHILD, environment = process.env } = options;
  const { path, execArgv } = childProgram(program);
  const child = fork(path, [id, ...(measured ? [MEASURED] : [])], {
    execArgv: [...execArgv],
    silent: true,
    // What is timed has the memory that a run has.
    env: measured ? computingEnvironment(environment) : environment,
  });
  // Probes are background work, and a window waits for other processes; what is timed has the processor for itself.
  if (!measured) standBack(child.pid, 'last');
  const words = lastWords();
  child.stdout?.resume();
  child.stderr?.on('data', words.add);
  return {
    onAnswer: (listener) => void child.on('message', (message) => listener(message as Availability)),
    onEnd(listener) {
      child.on('error', (error) => listener(`could not be started: ${error.message}`));
      child.on('close', (code, signal) => {
        const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
        const said = words.line();
        listener(said === undefined ? how : `${how}: ${said}`);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
