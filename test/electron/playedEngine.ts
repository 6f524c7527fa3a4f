/** Engines and a library that a test plays: they speak the real interfaces over the double's ports, and do as told. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineApi, type EngineTask } from '../../core/protocol/engineApi.ts';
import { libraryApi, type RunSummary } from '../../core/protocol/libraryApi.ts';
import type { RunWish } from '../../core/protocol/hostApi.ts';
import { serve, type Server } from '../../core/protocol/rpc.ts';
import { portOver } from '../../electron/ports/messagePort.ts';
import { recorded } from './double/electron.ts';
import { type Handed, UtilityDouble } from './double/utility.ts';

type Outcome = 'finished' | 'paused' | 'stopped';

export interface PlayedEngine {
  readonly utility: UtilityDouble;
  readonly server: Server<typeof engineApi>;
  /** What it was asked to work on. */
  task: EngineTask | undefined;
  readonly wishes: RunWish[];
  end(outcome: Outcome): void;
  fail(error: Error): void;
}

/** From now on engines that are started are played. @returns all of them, in order */
export function playEngines(): PlayedEngine[] {
  const engines: PlayedEngine[] = [];
  recorded.fork = (program, args, options) => {
    const utility = new UtilityDouble(program, args, options);
    utility.pid = 4000 + recorded.utilities.length;
    utility.on('posted', ({ message, ports }: Handed) => {
      const isHost = (message as { kind: string }).kind === 'host';
      if (isHost && program.endsWith('engine.js')) engines.push(play(utility, ports[0] as never));
    });
    utility.on('killed', () => utility.end(0));
    return utility;
  };
  return engines;
}

function play(utility: UtilityDouble, port: Parameters<typeof portOver>[0]): PlayedEngine {
  let settle: { resolve(value: { outcome: Outcome }): void; reject(error: Error): void } | undefined;
  const engine: PlayedEngine = {
    utility,
    server: serve(portOver(port), engineApi, {
      async work(task) {
        engine.task = task;
        // Without it a folder is no run, and there is nothing to go on with.
        await writeFile(join(task.folder, 'run.json'), '{}');
        engine.server.emit('begun', {});
        return new Promise((resolve, reject) => (settle = { resolve, reject }));
      },
      wish: ({ wish }) => void engine.wishes.push(wish),
      forecast: () => Promise.reject(new Error('not played')),
      recordDeath: () => Promise.reject(new Error('not played')),
    }),
    task: undefined,
    wishes: [],
    end: (outcome) => settle?.resolve({ outcome }),
    fail: (error) => settle?.reject(error),
  };
  // Its host has let go of it: it ends.
  void engine.server.closed.then(() => utility.end(0));
  return engine;
}

/** Answers the list of runs to whoever is connected to the library, now or later. */
export function playLibrary(utility: UtilityDouble, runs: () => readonly Partial<RunSummary>[]): void {
  const api = { methods: { runs: libraryApi.methods.runs }, events: {} };
  const connect = ({ message, ports }: Handed): void => {
    if ((message as { kind: string }).kind === 'window')
      serve(portOver(ports[0] as never), api, { runs: () => runs().map((run) => ({ ...ROW, ...run })) });
  };
  utility.posted.forEach(connect);
  utility.on('posted', connect);
}

const ROW = {
  id: 'x',
  folder: '/home/runs/x',
  name: 'x',
  createdAt: 0,
  changedAt: 0,
  state: 'running' as const,
  open: [],
  strategy: 'e2rnas',
  dataset: 'shapes10',
  seed: 1,
  exports: [],
  seconds: 0,
};
