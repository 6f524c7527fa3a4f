/** Asks in a throw-away process whether an executor works here: a driver that crashes takes only that process along. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Availability } from '../../core/compute/executor.ts';

const CHILD = fileURLToPath(new URL('./probeChild.ts', import.meta.url));
/** Loading TensorFlow's native library from a cold disk takes some seconds. */
const TIMEOUT_MS = 60_000;

/** Whether the executor `id` works here. Never throws: whatever goes wrong is the reason. */
export type Probe = (id: string) => Promise<Availability>;

/** The throw-away process, whoever starts it. */
export interface ProbeProcess {
  onAnswer(listener: (answer: Availability) => void): void;
  /** What it writes to its error output. */
  onWords(listener: (words: string) => void): void;
  /** Called once, last. @param how such as `ended with code 1` */
  onEnd(listener: (how: string) => void): void;
  kill(): void;
}

export interface ProbeOptions {
  readonly timeoutMs?: number;
  readonly start?: (id: string) => ProbeProcess;
}

/** Never throws: whatever goes wrong is the reason. */
export function probeExecutor(id: string, options: ProbeOptions = {}): Promise<Availability> {
  const { timeoutMs = TIMEOUT_MS, start = forkProbe } = options;
  return new Promise((resolve) => {
    const child = start(id);
    let answer: Availability | undefined;
    let words = '';
    const timer = setTimeout(() => {
      answer ??= { available: false, reason: `it did not answer within ${timeoutMs / 1000} s` };
      child.kill();
    }, timeoutMs);
    child.onWords((more) => (words = (words + more).slice(-4000)));
    child.onAnswer((given) => (answer ??= given));
    child.onEnd((how) => {
      clearTimeout(timer);
      resolve(answer ?? { available: false, reason: crashReason(how, words) });
    });
  });
}

/** @param program the program that answers; tests put others in its place */
export function forkProbe(id: string, program: string = CHILD): ProbeProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(program, [id], { execArgv: ['--import', loader], silent: true });
  child.stdout?.resume();
  return {
    onAnswer: (listener) => void child.on('message', (message) => listener(message as Availability)),
    onWords: (listener) =>
      void child.stderr?.on('data', (data: Uint8Array) => listener(new TextDecoder().decode(data))),
    onEnd(listener) {
      child.on('error', (error) => listener(`could not be started: ${error.message}`));
      child.on('close', (code, signal) =>
        listener(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
      );
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function crashReason(how: string, words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  const error = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
  return error === undefined ? `the probe ${how}` : `the probe ${how}: ${error}`;
}
