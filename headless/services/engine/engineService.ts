/** The engine behind `engineApi`: one run, or one forecast, and then the process has done its work. */
import { CellsmithError } from '../../../core/base/errors.ts';
import type { EngineHost } from '../../../core/engine/host.ts';
import { recordDeath } from '../../../core/engine/recordDeath.ts';
import { beginRun, continueRun, planPhases } from '../../../core/engine/run.ts';
import type { EngineTask } from '../../../core/protocol/engineApi.ts';
import { engineApi } from '../../../core/protocol/engineApi.ts';
import type { Port } from '../../../core/protocol/port.ts';
import { serve } from '../../../core/protocol/rpc.ts';
import type { RunEvent } from '../../../core/runs/events.ts';
import { createEngineHost } from '../../host/engineHost.ts';
import type { Probe } from '../../host/probe.ts';
import type { RunWork, WorkDone } from '../../host/workOnRun.ts';
import { LeftOff, workOnRun } from '../../host/workOnRun.ts';
import { coalesced } from './coalesced.ts';
import { wishes } from './wishes.ts';

const MEMORY_MS = 1000;
/** Events of the same kind come ten times a second at most. */
const EVENT_MS = 100;

export interface EngineOptions {
  /** How executors are tried, where this process cannot start others. */
  readonly probe?: Probe;
}

/** Serves one host until its port closes. @returns when the work is over and nobody is left to ask */
export async function serveEngine(port: Port, options: EngineOptions = {}): Promise<void> {
  const wish = wishes();
  let work: Promise<WorkDone> | undefined;

  const server = serve(port, engineApi, {
    async work(task) {
      if (work !== undefined) throw busy();
      work = doWork(task);
      const { outcome } = await work;
      return { outcome };
    },
    wish: (given) => wish.ask(given.wish),
    async recordDeath({ folder, death }) {
      const run = await continueRun(createEngineHost({ folder }));
      try {
        return await recordDeath(run, death);
      } finally {
        await run.close();
      }
    },
    async forecast({ config, phases, home }, { signal, progress }) {
      const { forecast } = await import('../../../core/engine/forecast.ts');
      const { createForecastHost } = await import('../../host/forecastHost.ts');
      const told = coalesced(EVENT_MS);
      const tell = (what: string, done: number, total: number): void => progress({ what, done, total });
      const host = await createForecastHost({
        folder: home,
        // A count for each file: there may be a hundred thousand.
        onData: (what, done, total) => told.tell('data', () => tell(what, done, total)),
        ...options,
      });
      return forecast(config, phases, host, {
        signal,
        onProgress(what, done, total) {
          told.flush();
          tell(what, done, total);
        },
      });
    },
  });

  const doWork = async (task: EngineTask): Promise<WorkDone> => {
    const told = coalesced(EVENT_MS);
    const memory = setInterval(() => server.emit('memory', { bytes: process.memoryUsage.rss() }), MEMORY_MS);
    const onEvent = (event: RunEvent): void => {
      wish.seen(event);
      if (event.kind === 'phase' || event.kind === 'resumed') {
        told.flush();
        server.emit('phase', { phase: event.phase });
      }
      if (event.kind === 'compiling') {
        const { program, status } = event;
        told.tell('compiling', () => server.emit('compiling', { program, status }));
      }
    };
    const host = createEngineHost({
      folder: task.folder,
      wish: wish.now,
      onEvent,
      onProgress(what, done, total, share) {
        if (wish.now() !== 'run') throw new LeftOff();
        told.tell('counting', () =>
          server.emit('counting', { what, done, total, ...(share === undefined ? {} : { share }) }),
        );
      },
      ...options,
    });
    try {
      return await workOnRun(
        host,
        runWork(task, () => server.emit('begun', {})),
      );
    } finally {
      told.flush();
      clearInterval(memory);
    }
  };

  await server.closed;
  // Nobody is left to work for: what was done is saved, and the process ends.
  wish.ask('pause');
  await work?.catch(() => undefined);
}

function runWork(task: EngineTask, onBegun: () => void): RunWork {
  switch (task.kind) {
    case 'begin':
      return {
        isNew: true,
        onBegun,
        open: (host: EngineHost) => beginRun(host, task.plan.config),
        plan: (run) => record(run, task.plan),
      };
    case 'extend':
      return {
        isNew: false,
        onBegun,
        open: continueRun,
        plan: (run) => record(run, task.plan),
      };
    case 'resume':
      return { isNew: false, onBegun, open: continueRun, plan: (run) => Promise.resolve(run.config) };
  }
}

type Record = (
  run: Parameters<RunWork['plan']>[0],
  plan: Extract<EngineTask, { kind: 'begin' }>['plan'],
) => ReturnType<RunWork['plan']>;

const record: Record = async (run, { config, phases, forecast }) => {
  await planPhases(run, config, phases);
  if (forecast !== undefined) await run.emit({ kind: 'forecast', ...forecast });
  return config;
};

function busy(): CellsmithError {
  return new CellsmithError(
    'engine-busy',
    'This process works on a run already.',
    'Wait for it to end; another run has a process of its own.',
  );
}
