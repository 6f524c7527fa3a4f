/** Processes of Node for the services, forked with tsx so that they run the TypeScript sources as they stand. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProcessEnd, ProcessHost, ServiceEntry, ServiceProcess } from '../services/processHost.ts';
import { portToChild } from './childPort.ts';

const ENTRIES: Readonly<Record<ServiceEntry, string>> = {
  library: './libraryChild.ts',
  registries: './registriesChild.ts',
  engine: './engineChild.ts',
  data: './dataChild.ts',
};
const PLAIN = new URL('../loading/plain.mjs', import.meta.url).href;
const MOST_WORDS = 2000;

/**
 * @param home handed to every process
 * @param ahead is started at once: whoever forks it first gets it with some of its loading done
 */
export function forkHost(home: string, ahead?: ServiceEntry): ProcessHost {
  let waiting = ahead === undefined ? undefined : forkProcess(home, ahead, ahead);
  return {
    fork(entry, name) {
      if (waiting === undefined || entry !== ahead) return forkProcess(home, entry, name);
      const begun = waiting;
      waiting = undefined;
      return begun;
    },
  };
}

function forkProcess(home: string, entry: ServiceEntry, name: string): ServiceProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(fileURLToPath(new URL(ENTRIES[entry], import.meta.url)), [home, name], {
    execArgv: ['--import', loader, '--import', PLAIN],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C in a terminal reaches every process of it; what ends when is for the host to say.
    detached: true,
  });
  let words = '';
  let end: ProcessEnd | undefined;
  const listeners: ((end: ProcessEnd) => void)[] = [];
  const finish = (how: ProcessEnd): void => {
    if (end !== undefined) return;
    end = how;
    listeners.forEach((tell) => tell(how));
  };
  child.stderr?.on('data', (bytes: Uint8Array) => {
    words = (words + new TextDecoder().decode(bytes)).slice(-MOST_WORDS);
  });
  child.on('error', (error) => finish({ lastWords: error.message }));
  child.on('close', (code, signal) =>
    finish({
      ...(code === null ? {} : { code }),
      ...(signal === null ? {} : { signal }),
      ...(lastLine(words) === undefined ? {} : { lastWords: lastLine(words) }),
    }),
  );
  return {
    port: portToChild(child),
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    onExit(listener) {
      if (end === undefined) listeners.push(listener);
      else listener(end);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** The error itself where there is one, else what was said last. */
function lastLine(words: string): string | undefined {
  const lines = words.split('\n').map((line) => line.trim());
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line !== '');
}
