import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turns } from '../fakeProcesses.ts';
import { setStage } from './engines.ts';
import type { Stage } from './engines.ts';

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a supervised run whose memory runs out', () => {
  const tight = {
    seen: 'before',
    processBytes: 9,
    limitBytes: 100,
    limitOf: 'computer',
    freeBytes: 1,
  } as const;

  it('stops at the first time, and another process puts on record why', async () => {
    const run = stage.supervise();
    const { server, process } = await stage.begun();
    server.emit('compiling', { program: 'p', status: 'optimising' });
    await turns();
    stage.memory = { memory: tight };
    process.end({ signal: 'SIGKILL' });
    await run.over;
    expect(stage.deaths).toEqual([
      {
        reason: expect.stringContaining('killed') as string,
        isInferred: true,
        doing: "the program 'p' was compiled",
        memory: tight,
      },
    ]);
    expect(run.process()).toMatchObject({
      state: { kind: 'failed', failure: { code: 'out-of-memory', hint: 'on record' } },
      restarts: 0,
    });
    expect(stage.engines.map((engine) => engine.process.name)).toEqual(['engine a', 'end of a']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.engines).toHaveLength(2);
    expect(stage.seen.some(({ state }) => state.kind === 'restarting')).toBe(false);
  });

  it('before there is a journal tells whoever started it', async () => {
    const run = stage.supervise();
    await turns();
    const failed = expect(run.begun).rejects.toMatchObject({ code: 'out-of-memory' });
    stage.engines[0].process.end({
      signal: 'SIGABRT',
      lastWords: 'FATAL ERROR: JavaScript heap out of memory',
    });
    await failed;
    expect(stage.deaths).toEqual([]);
  });

  it('is told of although it cannot be put on record', async () => {
    const run = stage.supervise();
    const { process } = await stage.begun();
    process.end({ signal: 'SIGABRT', lastWords: 'std::bad_alloc' });
    await turns();
    stage.engines.at(1)?.process.end({ code: 1 });
    await run.over;
    expect(run.process().state).toMatchObject({ kind: 'failed', failure: { code: 'out-of-memory' } });
  });
});
