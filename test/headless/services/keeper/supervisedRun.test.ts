import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { engineApi } from '../../../../core/protocol/engineApi.ts';
import type { EngineTask } from '../../../../core/protocol/engineApi.ts';
import type { RunProcess, RunWish } from '../../../../core/protocol/hostApi.ts';
import type { Server } from '../../../../core/protocol/rpc.ts';
import { serve } from '../../../../core/protocol/rpc.ts';
import type { SupervisedRun } from '../../../../headless/services/keeper/supervisedRun.ts';
import { superviseRun } from '../../../../headless/services/keeper/supervisedRun.ts';
import { deferred } from '../../../../headless/services/deferred.ts';
import type { Deferred } from '../../../../headless/services/deferred.ts';
import { fakeProcesses, turns } from '../fakeProcesses.ts';
import type { FakeProcess } from '../fakeProcesses.ts';

type Outcome = 'finished' | 'paused' | 'stopped';

/** An engine as the test plays it. */
interface Engine {
  readonly process: FakeProcess;
  readonly server: Server<typeof engineApi>;
  readonly tasks: EngineTask[];
  readonly wishes: RunWish[];
  readonly work: Deferred<{ outcome: Outcome }>;
}

let engines: Engine[];
let seen: RunProcess[];
let now: number;

beforeEach(() => {
  vi.useFakeTimers();
  engines = [];
  seen = [];
  now = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const processes = () =>
  fakeProcesses((process) => {
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
      }),
    };
    engines.push(engine);
  });

const resume: EngineTask = { kind: 'resume', folder: '/runs/a' };

function supervise(before?: Promise<void>): SupervisedRun {
  return superviseRun(
    resume,
    {
      ...{ runId: 'a', folder: '/runs/a', processes: processes(), now: () => now },
      restarts: { most: 3, windowMs: 600_000, delayMs: 1000 },
      onChange: (process) => seen.push(process),
    },
    before,
  );
}

const states = (): string[] => seen.map(({ state }) => state.kind);

async function begun(engine = engines.length): Promise<Engine> {
  await turns();
  const current = engines[engine === 0 ? 0 : engine - 1];
  current.server.emit('begun', {});
  await turns();
  return current;
}

describe('a supervised run', () => {
  it('is at work from its beginning to the end that its engine tells', async () => {
    const run = supervise();
    await turns();
    expect(engines[0].tasks).toEqual([resume]);
    expect(engines[0].process.name).toBe('engine a');
    const engine = await begun();
    await run.begun;
    expect(run.process()).toMatchObject({ runId: 'a', state: { kind: 'working' }, restarts: 0, pid: 1001 });
    expect(run.isAtWork()).toBe(true);
    engine.work.resolve({ outcome: 'finished' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome: 'finished' });
    expect(run.process().pid).toBeUndefined();
    expect(run.isAtWork()).toBe(false);
    expect([...new Set(states())]).toEqual(['starting', 'working', 'ended']);
    // Its process ends by itself, since nobody holds its port any more.
    await turns();
    expect(engine.process.isKilled()).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.process.isKilled()).toBe(false);
  });

  it('shows what its engine is about', async () => {
    const run = supervise();
    const { server } = await begun();
    server.emit('phase', { phase: 'search' });
    server.emit('memory', { bytes: 5 });
    now = 7;
    server.emit('compiling', { program: 'p', status: 'tracing' });
    await turns();
    now = 9;
    server.emit('compiling', { program: 'p', status: 'optimising' });
    await turns();
    expect(run.process()).toMatchObject({
      ...{ phase: 'search', memoryBytes: 5 },
      activity: { kind: 'compiling', program: 'p', status: 'optimising', since: 7 },
    });
    server.emit('compiling', { program: 'p', status: 'done' });
    server.emit('counting', { what: 'images', done: 1, total: 2 });
    await turns();
    expect(run.process().activity).toEqual({ kind: 'counting', what: 'images', done: 1, total: 2 });
    server.emit('counting', { what: 'images', done: 2, total: 2 });
    await turns();
    expect(run.process().activity).toBeUndefined();
  });

  it('whose engine reports a failure has failed, and is not started again', async () => {
    const run = supervise();
    const engine = await begun();
    engine.work.reject(new CellsmithError('disk-full', 'The disk is full.', 'Make room.'));
    await run.over;
    expect(run.process().state).toEqual({
      kind: 'failed',
      failure: { code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engines).toHaveLength(1);
  });

  it('that cannot begin tells whoever started it', async () => {
    const run = supervise();
    const failed = expect(run.begun).rejects.toMatchObject({ code: 'run-locked', hint: 'Wait.' });
    await turns();
    engines[0].work.reject(new CellsmithError('run-locked', 'It is in use.', 'Wait.'));
    await failed;
    const other = supervise();
    const ended = expect(other.begun).rejects.toMatchObject({
      code: 'engine-ended',
      message: expect.stringContaining('SIGSEGV'),
    });
    await turns();
    engines[1].process.end({ signal: 'SIGSEGV' });
    await ended;
    expect(other.process().state.kind).toBe('failed');
  });

  it('whose process ends without a word goes on from its last checkpoint', async () => {
    const run = supervise();
    await begun();
    engines[0].process.end({ signal: 'SIGKILL' });
    await turns();
    expect(run.process()).toMatchObject({
      state: { kind: 'restarting', attempt: 1, reason: expect.stringContaining('memory ran out') },
      restarts: 1,
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(engines[1].tasks).toEqual([{ kind: 'resume', folder: '/runs/a' }]);
    const second = await begun(2);
    expect(run.process()).toMatchObject({ state: { kind: 'working' }, restarts: 1, pid: 1002 });
    second.work.resolve({ outcome: 'finished' });
    await run.over;
    expect(run.process().restarts).toBe(1);
  });

  it('whose process ends too often in a short time has failed; over a long time it goes on', async () => {
    const often = supervise();
    for (let i = 1; i <= 3; i++) {
      await begun(i);
      engines[i - 1].process.end({ code: 1, lastWords: 'Error: driver' });
      await turns();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    await begun(4);
    engines[3].process.end({ code: 1, lastWords: 'Error: driver' });
    await often.over;
    expect(often.process().state).toMatchObject({
      kind: 'failed',
      failure: { code: 'engine-ended', message: expect.stringContaining('Error: driver') },
    });

    const seldom = supervise();
    for (let i = 5; i <= 10; i++) {
      await begun(i);
      now += 300_000;
      engines[i - 1].process.end({ code: 1 });
      await turns();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(seldom.process()).toMatchObject({ state: { kind: 'starting' }, restarts: 6 });
  });
});

describe('what is wished of a run', () => {
  it('reaches its engine, is shown, and can be taken back', async () => {
    const run = supervise();
    const engine = await begun();
    for (const wish of ['stopAfterEpoch', 'goOn', 'pause'] as const) await run.wish(wish);
    expect(engine.wishes).toEqual(['stopAfterEpoch', 'goOn', 'pause']);
    const shown = seen.slice(-3).map(({ state }) => (state.kind === 'working' ? state.wish : 'other'));
    expect(shown).toEqual(['stopAfterEpoch', undefined, 'pause']);
    engine.work.resolve({ outcome: 'paused' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome: 'paused' });
  });

  it('before its engine listens is told when it does', async () => {
    const run = supervise();
    await Promise.resolve();
    void run.wish('stop');
    const engine = await begun();
    expect(engine.wishes).toContain('stop');
    expect(run.process().state).toEqual({ kind: 'working', wish: 'stop' });
  });

  it.each([
    ['pause', 'paused'],
    ['stop', 'stopped'],
  ] as const)('is heeded where it is to %s and the process ends without a word', async (wish, outcome) => {
    const run = supervise();
    const engine = await begun();
    await run.wish(wish);
    engine.process.end({ signal: 'SIGKILL' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome });
    const waiting = supervise();
    (await begun(2)).process.end({ signal: 'SIGKILL' });
    await turns();
    expect(waiting.process().state.kind).toBe('restarting');
    await waiting.wish(wish);
    expect(waiting.process().state).toEqual({ kind: 'ended', outcome });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engines).toHaveLength(2);
  });

  it('is known from what only the end of the program made of it', async () => {
    const aside = supervise();
    let engine = await begun();
    await aside.setAside();
    expect(engine.wishes).toEqual(['pause']);
    engine.work.resolve({ outcome: 'paused' });
    await aside.over;
    expect(aside.isSetAside()).toBe(true);
    const stopped = supervise();
    engine = await begun(2);
    await stopped.wish('stop');
    await stopped.setAside();
    expect(engine.wishes).toEqual(['stop']);
    engine.work.resolve({ outcome: 'stopped' });
    await stopped.over;
    expect(stopped.isSetAside()).toBe(false);
  });
});

describe('a run that waits for its folder', () => {
  it('starts when it may, and fails with the reason where it never may', async () => {
    const free = deferred();
    const run = supervise(free.promise);
    await turns();
    expect(engines).toEqual([]);
    expect(run.process().state.kind).toBe('starting');
    free.resolve();
    await begun();
    expect(run.process().state.kind).toBe('working');
    const refused = supervise(Promise.reject(new CellsmithError('run-locked', 'In use.', 'Wait.')));
    await refused.over;
    expect(refused.process().state).toMatchObject({ kind: 'failed', failure: { code: 'run-locked' } });
  });

  it('can be stopped before, and ended by the program', async () => {
    const free = deferred();
    const stopped = supervise(free.promise);
    await stopped.wish('stop');
    await stopped.over;
    expect(stopped.process().state).toEqual({ kind: 'ended', outcome: 'stopped' });
    const killed = supervise(free.promise);
    killed.kill();
    free.resolve();
    await killed.over;
    expect(engines).toEqual([]);
  });
});
