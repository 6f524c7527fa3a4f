/** Asks in a throw-away process whether an executor works here: a driver that crashes takes only that process along. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Availability } from '../../core/compute/executor.ts';

const CHILD = fileURLToPath(new URL('./probeChild.ts', import.meta.url));
/** Loading TensorFlow's native library from a cold disk takes some seconds. */
const TIMEOUT_MS = 60_000;

export interface ProbeOptions {
  readonly timeoutMs?: number;
  /** The program that answers; tests put others in its place. */
  readonly child?: string;
}

/** Never throws: whatever goes wrong is the reason. */
export function probeExecutor(id: string, options: ProbeOptions = {}): Promise<Availability> {
  const { timeoutMs = TIMEOUT_MS, child: program = CHILD } = options;
  return new Promise((resolve) => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(program, [id], { execArgv: ['--import', loader], silent: true });
    let answer: Availability | undefined;
    let words = '';
    const timer = setTimeout(() => {
      answer = { available: false, reason: `it did not answer within ${timeoutMs / 1000} s` };
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stderr?.on(
      'data',
      (data: Uint8Array) => (words = (words + new TextDecoder().decode(data)).slice(-4000)),
    );
    child.stdout?.resume();
    child.on('message', (message) => (answer ??= message as Availability));
    child.on('error', (error) => finish({ available: false, reason: error.message }));
    child.on('close', (code, signal) =>
      finish(answer ?? { available: false, reason: crashReason(code, signal, words) }),
    );

    function finish(result: Availability): void {
      clearTimeout(timer);
      resolve(result);
    }
  });
}

function crashReason(code: number | null, signal: string | null, words: string): string {
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const lines = words.split('\n').map((line) => line.trim());
  const error = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
  return error === undefined ? `the probe ${how}` : `the probe ${how}: ${error}`;
}
