/** Processes of Node for the services. */
import { fork } from 'node:child_process';
import { lastWords } from '../host/lastWords.ts';
import { computingEnvironment } from '../loading/computing.mjs';
import { childProgram } from '../loading/childProgram.ts';
import type { ProcessEnd } from '../host/processEnd.ts';
import type { ProcessHost, ServiceEntry, ServiceProcess } from '../services/processHost.ts';
import { portToChild } from './childPort.ts';

const ENTRIES: Readonly<Record<ServiceEntry, string>> = {
  library: './libraryChild.ts',
  registries: './registriesChild.ts',
  engine: './engineChild.ts',
  data: './dataChild.ts',
  setup: './setupChild.ts',
};

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
  const { path, execArgv } = childProgram(new URL(ENTRIES[entry], import.meta.url));
  const child = fork(path, [home, name], {
    execArgv: [...execArgv],
    env: entry === 'engine' ? computingEnvironment() : process.env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C in a terminal reaches every process of it; what ends when is for the host to say.
    detached: true,
  });
  const words = lastWords();
  let end: ProcessEnd | undefined;
  const listeners: ((end: ProcessEnd) => void)[] = [];
  const finish = (how: ProcessEnd): void => {
    if (end !== undefined) return;
    end = how;
    listeners.forEach((tell) => tell(how));
  };
  child.stderr?.on('data', words.add);
  child.on('error', (error) => finish({ lastWords: error.message }));
  child.on('close', (code, signal) => {
    const said = words.line();
    finish({
      ...(code === null ? {} : { code }),
      ...(signal === null ? {} : { signal }),
      ...(said === undefined ? {} : { lastWords: said }),
    });
  });
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
