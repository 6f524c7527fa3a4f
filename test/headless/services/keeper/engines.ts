/** A supervised run whose engines are played by the test, under a clock that it holds. */
import { vi } from 'vitest';
import { engineApi } from '../../../../core/protocol/engineApi.ts';
import type { EngineTask, MemoryDeath } from '../../../../core/protocol/engineApi.ts';
import type { RunProcess, RunWish } from '../../../../core/protocol/hostApi.ts';
import type { Server } from '../../../../core/protocol/rpc.ts';
import { serve } from '../../../../core/protocol/rpc.ts';
import { deferred } from '../../../../headless/services/deferred.ts';
import type { Deferred } from '../../../../headless/services/deferred.ts';
import type { MemorySeen } from '../../../../headless/host/memoryDeath.ts';
import type { SupervisedRun } from '../../../../headless/services/keeper/supervisedRun.ts';
import { superviseRun } from '../../../../headless/services/keeper/supervisedRun.ts';
import { fakeProcesses, turns } from '../fakeProcesses.ts';
import type { FakeProcess } from '../fakeProcesses.ts';

type Outcome = 'finished' | 'paused' | 'stopped';

/** An engine as the test plays it. */
export interface Engine {
  readonly process: FakeProcess;
  readonly server: Server<typeof engineApi>;
  readonly tasks: EngineTask[];
  readonly wishes: RunWish[];
  readonly work: Deferred<{ outcome: Outcome }>;
}

export const resume: EngineTask = { kind: 'resume', folder: '/runs/a' };

export interface Stage {
  readonly engines: readonly Engine[];
  /** Everything that was shown of the runs, in order. */
  readonly seen: readonly RunProcess[];
  /** What was put on record of ends for want of memory. */
  readonly deaths: readonly MemoryDeath[];
  /** What is seen of the memory of engines. */
  memory: MemorySeen;
  now: number;
  supervise(before?: Promise<void>): SupervisedRun;
  /** Lets the engine of that number, from 1, say that it has begun; the latest where left out. */
  begun(number?: number): Promise<Engine>;
}

/** Timers are the test's; give them back with `vi.useRealTimers()`. */
export function setStage(): Stage {
  vi.useFakeTimers();
  const engines: Engine[] = [];
  const seen: RunProcess[] = [];
  const deaths: MemoryDeath[] = [];
  const processes = fakeProcesses((process) => {
    const engine: Engine = {
      process,
      tasks: [],
      wishes: [],
      work: deferred<{ outcome: Outcome }>(),
      server: serve(process.port, engineApi, {
        work(task) {
          engine.tasks.push(task);
          return engine.work.promise;
        },
        wish: ({ wish }) => void engine.wishes.push(wish),
        forecast: () => Promise.reject(new Error('not asked for')),
        recordDeath({ death }) {
          deaths.push(death);
          return { code: 'out-of-memory', message: death.reason, hint: 'on record' };
        },
      }),
    };
    engines.push(engine);
  });
  const stage: Stage = {
    engines,
    seen,
    deaths,
    memory: {},
    now: 0,
    supervise: (before) =>
      superviseRun(
        resume,
        {
          ...{ runId: 'a', folder: '/runs/a', processes, now: () => stage.now },
          watch: () => ({
            report: () => undefined,
            stop: () => undefined,
            ended: () => Promise.resolve(stage.memory),
          }),
          restarts: { most: 3, windowMs: 600_000, delayMs: 1000 },
          onChange: (process) => seen.push(process),
        },
        before,
      ),
    async begun(number) {
      await turns();
      const engine = engines[(number ?? Math.max(1, engines.length)) - 1];
      engine.server.emit('begun', {});
      await turns();
      return engine;
    },
  };
  return stage;
}
