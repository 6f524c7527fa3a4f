/** A command in a terminal whose process is killed when memory is short: what is said, and what is on record. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended, Started } from './command.ts';
import { cellsmith, eventsIn, experiment, lastJson, start, until, writeExperiment } from './command.ts';

const notLinux = process.platform === 'linux' ? undefined : 'only Linux tells of other processes’ memory';
/** The witness looks twice a second. */
const LOOKS_MS = 1700;
const LOADED_MS = 1000;

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-witness-'))));
afterAll(() => rm(folder, { recursive: true }));

function childrenOf({ child }: Started): string {
  return readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
}

function statusKib({ child }: Started, name: string): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
}

/** Kills it without a word; where `short`, when next to nothing is left of what its limits let it take. */
async function kill(started: Started, short: boolean): Promise<Ended> {
  const { child, ended } = started;
  child.kill('SIGSTOP');
  if (short) {
    const taken = statusKib(started, 'VmData') * 1024;
    execFileSync('prlimit', ['--pid', String(child.pid), `--data=${taken + 2 ** 20}`]);
  }
  await wait(LOOKS_MS);
  child.kill('SIGKILL');
  return ended;
}

describe('a command that is killed', () => {
  it('tells that memory ran out, with command lines, and the run goes on from its checkpoint', async ({
    skip,
  }) => {
    skip(notLinux !== undefined, notLinux);
    const run = join(folder, 'run');
    const started = start(
      'search',
      '--config',
      await writeExperiment(folder, experiment()),
      '--json',
      '--out',
      run,
    );
    await until(started, run, (event) => event.kind === 'checkpoint' && event.step > 1);
    const ended = await kill(started, true);
    expect(ended.code).toBe('SIGKILL');
    expect(lastJson(ended), ended.stderr).toEqual({
      error: {
        code: 'out-of-memory',
        message: expect.stringMatching(
          /^Memory probably ran out at step \d+ of the search, while it computed with onnx-cpu: the process ended without a word when .* were left\. The process held at most .*; by its limits the process may take /,
        ) as string,
        hint: expect.stringContaining(
          `cellsmith search --config ${run}/run.json --search-batch-size 4`,
        ) as string,
      },
    });
    expect(eventsIn(run).at(-1)).toMatchObject({ kind: 'failed', phase: 'search', code: 'out-of-memory' });
    const resumed = await cellsmith('resume', '--run', run);
    expect(resumed.code, resumed.stderr).toBe(0);
  });

  it('tells so of a forecast', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const started = start('forecast', '--config', await writeExperiment(folder, experiment(2000)));
    // The witness is its first child; it is told the plan and the work at hand meanwhile.
    while (childrenOf(started) === '') await wait(5);
    await wait(LOADED_MS);
    const ended = await kill(started, true);
    expect(ended.stderr).toMatch(/error: Memory probably ran out in the forecast.*: the process ended/);
    expect(ended.stderr).toMatch(/→ .*Where other programs have the memory, close them and try again/);
  });

  it('says nothing where memory was there', async ({ skip }) => {
    skip(notLinux !== undefined, notLinux);
    const run = join(folder, 'by hand');
    const started = start('search', '--config', await writeExperiment(folder, experiment()), '--out', run);
    await until(started, run, (event) => event.kind === 'checkpoint' && event.step > 1);
    const ended = await kill(started, false);
    expect(ended.stderr).not.toMatch(/emory/);
    expect(eventsIn(run).some(({ kind }) => kind === 'failed')).toBe(false);
  });
});
