import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../../../../core/config/tree.ts';
import { completeConfig } from '../../../../core/engine/completeConfig.ts';
import type { RunProcess } from '../../../../core/protocol/hostApi.ts';
import type { RunEvent } from '../../../../core/runs/events.ts';
import type { RunConfig, RunConfigInput } from '../../../../core/runs/runConfig.ts';
import { forkHost } from '../../../../headless/serve/forkHost.ts';
import type { Keeper } from '../../../../headless/services/keeper/keeper.ts';
import { openKeeper } from '../../../../headless/services/keeper/keeper.ts';
import type { ProcessHost } from '../../../../headless/services/processHost.ts';
import { smallConfig } from '../../../core/engine/smallRun.ts';

/** For what an engine may write to, its libraries among it; its own code takes a quarter of that. */
const LIMIT_BYTES = 900 * 2 ** 20;
/** Enough to load the engine, and not enough to trace a large supernet. */
const HEAP_MIB = 90;

function whyNoLimits(): string | undefined {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'there is no prlimit (util-linux) here';
  }
}
const missing = whyNoLimits();

let folder: string;
let keeper: Keeper;
let names: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-memory-'));
});
afterEach(async () => {
  await keeper.shutdown();
  names = [];
});
afterAll(() => rm(folder, { recursive: true }));

/** Real processes; those of runs, not those that put things on record, are held to a limit or get other options. */
function limited(how: { readonly bytes?: number; readonly options?: string }): ProcessHost {
  const host = forkHost(folder);
  return {
    fork(entry, name) {
      names.push(name);
      const isRun = name.startsWith('engine ') || name === 'forecast';
      const before = process.env.NODE_OPTIONS;
      if (isRun && how.options !== undefined) process.env.NODE_OPTIONS = how.options;
      const child = host.fork(entry, name);
      if (before === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = before;
      if (isRun && how.bytes !== undefined)
        execFileSync('prlimit', [`--pid=${child.pid}`, `--data=${how.bytes}`]);
      return child;
    },
  };
}

async function open(home: string, processes: ProcessHost): Promise<Keeper> {
  keeper = await openKeeper({ home: join(folder, home), processes, now: Date.now });
  return keeper;
}

function configOf(search: RunConfigInput['search']): RunConfig {
  const data = { source: 'shapes10', imageSize: 32, limit: 600, testLimit: 40 };
  const input = smallConfig({ data, search, checkpointSeconds: 0 });
  return completeConfig(input as Tree, '', { get: (id) => id });
}

function until(found: (process: RunProcess) => boolean): Promise<RunProcess> {
  return new Promise((resolve) => {
    keeper.onProcess((process) => {
      if (found(process)) resolve(process);
    });
  });
}
const isOver = ({ state }: RunProcess): boolean => state.kind === 'failed' || state.kind === 'ended';

async function eventsOf(home: string, runId: string): Promise<readonly RunEvent[]> {
  const journal = await readFile(join(folder, home, 'runs', runId, 'events.jsonl'), 'utf8');
  return journal
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
}

async function failureOf(home: string, search: RunConfigInput['search']) {
  const over = until(isOver);
  const runId = await keeper.startRun({ config: configOf(search), phases: ['search'] });
  const process = await over;
  expect(process).toMatchObject({
    state: { kind: 'failed', failure: { code: 'out-of-memory' } },
    restarts: 0,
  });
  const failure = process.state.kind === 'failed' ? process.state.failure : undefined;
  expect((await eventsOf(home, runId)).at(-1)).toMatchObject({ kind: 'failed', phase: 'search', ...failure });
  return { runId, ...failure };
}

const large = { channels: 32, batchSize: 128, cells: 3 };

describe('a run whose memory is limited', () => {
  it('says what it was about and gives figures, is not started again, and can be resumed', async ({
    skip,
  }) => {
    skip(missing !== undefined, missing);
    await open('limited', limited({ bytes: LIMIT_BYTES }));
    const { runId, message, hint } = await failureOf('limited', large);
    expect(message).toMatch(
      /^Memory (probably )?ran out at the first step of the search, while .* (compiled|ran|computed)/,
    );
    expect(message).toContain('by its limits the process may take 900 MiB');
    expect(message).toMatch(/The process held at most \d+ MiB/);
    expect(hint).toContain(
      '64 images a batch in place of 128 (with the learning rate 0.0125 in place of 0.025, falling to 0.0005 in place of 0.001)',
    );
    expect(names.filter((name) => name.startsWith('engine '))).toHaveLength(1);
    await keeper.shutdown();

    await open('limited', forkHost(join(folder, 'limited')));
    const over = until(isOver);
    await keeper.resumeRun(runId);
    // Heeded before the first step, which takes long.
    await keeper.wish(runId, 'stop');
    expect((await over).state).toEqual({ kind: 'ended', outcome: 'stopped' });
    const kinds = (await eventsOf('limited', runId)).map(({ kind }) => kind);
    expect(kinds.slice(kinds.lastIndexOf('failed'))).toEqual(
      expect.arrayContaining(['resumed', 'cancelled']),
    );
  });

  it('is warned of by the forecast in the same words', async ({ skip }) => {
    skip(missing !== undefined, missing);
    await open('forecast', limited({ bytes: LIMIT_BYTES }));
    const context = { signal: new AbortController().signal, progress: () => undefined };
    await expect(
      keeper.forecast({ config: configOf(large), phases: ['search'] }, context),
    ).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(
        /^Memory (probably )?ran out .*by its limits the process may take 900 MiB/,
      ) as string,
      hint: expect.stringMatching(/64 images a batch in place of 128.*close them and try again/) as string,
    });
  });

  it('to a small heap has its end put on record by another process', async () => {
    await open('heap', limited({ options: `--max-old-space-size=${HEAP_MIB}` }));
    const { message, hint } = await failureOf('heap', { channels: 4, cells: 20, space: { nodes: 5 } });
    expect(message).toMatch(/the heap of JavaScript was full \(.*JavaScript heap out of memory\)/);
    expect(hint).toContain('10 cells in place of 20');
    expect(names.map((name) => name.replace(/ [^ ]*$/, ''))).toEqual(['engine', 'end of']);
  });
});
