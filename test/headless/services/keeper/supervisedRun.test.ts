import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { deferred } from '../../../../headless/services/deferred.ts';
import { turns } from '../fakeProcesses.ts';
import { resume, setStage } from './engines.ts';
import type { Stage } from './engines.ts';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a supervised run', () => {
  it('is at work from its beginning to the end that its engine tells', async () => {
    const run = stage.supervise();
    await turns();
    expect(stage.engines[0].tasks).toEqual([resume]);
    expect(stage.engines[0].process.name).toBe('engine a');
    const engine = await stage.begun();
    await run.begun;
    expect(run.process()).toMatchObject({ runId: 'a', state: { kind: 'working' }, restarts: 0, pid: 1001 });
    expect(run.isAtWork()).toBe(true);
    engine.work.resolve({ outcome: 'finished' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome: 'finished' });
    expect(run.process().pid).toBeUndefined();
    expect(run.isAtWork()).toBe(false);
    expect([...new Set(stage.seen.map(({ state }) => state.kind))]).toEqual(['starting', 'working', 'ended']);
    // Its process ends by itself, since nobody holds its port any more.
    await turns();
    expect(engine.process.isKilled()).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(engine.process.isKilled()).toBe(false);
  });

  it('shows what its engine is about', async () => {
    const run = stage.supervise();
    const { server } = await stage.begun();
    server.emit('phase', { phase: 'search' });
    server.emit('memory', { bytes: 5 });
    stage.now = 7;
    server.emit('compiling', { program: 'p', status: 'tracing' });
    await turns();
    stage.now = 9;
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
    const run = stage.supervise();
    const engine = await stage.begun();
    engine.work.reject(new CellsmithError('disk-full', 'The disk is full.', 'Make room.'));
    await run.over;
    expect(run.process().state).toEqual({
      kind: 'failed',
      failure: { code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.engines).toHaveLength(1);
  });

  it('that cannot begin tells whoever started it', async () => {
    const run = stage.supervise();
    const failed = expect(run.begun).rejects.toMatchObject({ code: 'run-locked', hint: 'Wait.' });
    await turns();
    stage.engines[0].work.reject(new CellsmithError('run-locked', 'It is in use.', 'Wait.'));
    await failed;
    const other = stage.supervise();
    const ended = expect(other.begun).rejects.toMatchObject({
      code: 'engine-ended',
      message: expect.stringContaining('SIGSEGV'),
    });
    await turns();
    stage.engines[1].process.end({ signal: 'SIGSEGV' });
    await ended;
    expect(other.process().state.kind).toBe('failed');
  });

  it('whose process ends without a word goes on from its last checkpoint', async () => {
    const run = stage.supervise();
    await stage.begun();
    stage.engines[0].process.end({ signal: 'SIGKILL' });
    await turns();
    expect(run.process()).toMatchObject({
      state: { kind: 'restarting', attempt: 1, reason: expect.stringContaining('memory ran out') },
      restarts: 1,
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(stage.engines[1].tasks).toEqual([{ kind: 'resume', folder: '/runs/a' }]);
    const second = await stage.begun(2);
    expect(run.process()).toMatchObject({ state: { kind: 'working' }, restarts: 1, pid: 1002 });
    second.work.resolve({ outcome: 'finished' });
    await run.over;
    expect(run.process().restarts).toBe(1);
  });

  it('whose process ends too often in a short time has failed; over a long time it goes on', async () => {
    const often = stage.supervise();
    for (let i = 1; i <= 3; i++) {
      await stage.begun(i);
      stage.engines[i - 1].process.end({ code: 1, lastWords: 'Error: driver' });
      await turns();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    await stage.begun(4);
    stage.engines[3].process.end({ code: 1, lastWords: 'Error: driver' });
    await often.over;
    expect(often.process().state).toMatchObject({
      kind: 'failed',
      failure: { code: 'engine-ended', message: expect.stringContaining('Error: driver') },
    });

    const seldom = stage.supervise();
    for (let i = 5; i <= 10; i++) {
      await stage.begun(i);
      stage.now += 300_000;
      stage.engines[i - 1].process.end({ code: 1 });
      await turns();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(seldom.process()).toMatchObject({ state: { kind: 'starting' }, restarts: 6 });
  });
});

describe('what is wished of a run', () => {
  it('reaches its engine, is shown, and can be taken back', async () => {
    const run = stage.supervise();
    const engine = await stage.begun();
    for (const wish of ['stopAfterEpoch', 'goOn', 'pause'] as const) await run.wish(wish);
    expect(engine.wishes).toEqual(['stopAfterEpoch', 'goOn', 'pause']);
    const shown = stage.seen.slice(-3).map(({ state }) => (state.kind === 'working' ? state.wish : 'other'));
    expect(shown).toEqual(['stopAfterEpoch', undefined, 'pause']);
    engine.work.resolve({ outcome: 'paused' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome: 'paused' });
  });

  it('before its engine listens is told when it does', async () => {
    const run = stage.supervise();
    await Promise.resolve();
    void run.wish('stop');
    const engine = await stage.begun();
    expect(engine.wishes).toContain('stop');
    expect(run.process().state).toEqual({ kind: 'working', wish: 'stop' });
  });

  it.each([
    ['pause', 'paused'],
    ['stop', 'stopped'],
  ] as const)('is heeded where it is to %s and the process ends without a word', async (wish, outcome) => {
    const run = stage.supervise();
    const engine = await stage.begun();
    await run.wish(wish);
    engine.process.end({ signal: 'SIGKILL' });
    await run.over;
    expect(run.process().state).toEqual({ kind: 'ended', outcome });
    const waiting = stage.supervise();
    (await stage.begun(2)).process.end({ signal: 'SIGKILL' });
    await turns();
    expect(waiting.process().state.kind).toBe('restarting');
    await waiting.wish(wish);
    expect(waiting.process().state).toEqual({ kind: 'ended', outcome });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.engines).toHaveLength(2);
  });

  it('is known from what only the end of the program made of it', async () => {
    const aside = stage.supervise();
    let engine = await stage.begun();
    await aside.setAside();
    expect(engine.wishes).toEqual(['pause']);
    engine.work.resolve({ outcome: 'paused' });
    await aside.over;
    expect(aside.isSetAside()).toBe(true);
    const stopped = stage.supervise();
    engine = await stage.begun(2);
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
    const run = stage.supervise(free.promise);
    await turns();
    expect(stage.engines).toEqual([]);
    expect(run.process().state.kind).toBe('starting');
    free.resolve();
    await stage.begun();
    expect(run.process().state.kind).toBe('working');
    const refused = stage.supervise(Promise.reject(new CellsmithError('run-locked', 'In use.', 'Wait.')));
    await refused.over;
    expect(refused.process().state).toMatchObject({ kind: 'failed', failure: { code: 'run-locked' } });
  });

  it('can be stopped before, and ended by the program', async () => {
    const free = deferred();
    const stopped = stage.supervise(free.promise);
    await stopped.wish('stop');
    await stopped.over;
    expect(stopped.process().state).toEqual({ kind: 'ended', outcome: 'stopped' });
    const killed = stage.supervise(free.promise);
    killed.kill();
    free.resolve();
    await killed.over;
    expect(stage.engines).toEqual([]);
  });
});
