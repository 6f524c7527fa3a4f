/** Disks that run full or turn read-only while a run works on them: a clear error, and a run that goes on afterwards. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import {
  cellsmith,
  contentOf,
  endOf,
  eventsIn,
  experiment,
  start,
  until,
  writeExperiment,
} from './command.ts';

let folder: string;
let disk: string;
let config: string;
let mounted = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
  config = await writeExperiment(folder, experiment(20));
  disk = join(folder, 'disk');
  await mkdir(disk);
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
});
afterAll(async () => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  await rm(folder, { recursive: true, force: true });
});

const needsDisk = ({ skip }: TestContext): void => skip(!mounted, 'this user may not mount a small disk');

const remount = (options: string): void => {
  expect(spawnSync('mount', ['-o', `remount,${options}`, disk]).status).toBe(0);
};

describe('a disk', () => {
  it('that runs full in a search: an error that says so, and after making room the same end', async (context) => {
    needsDisk(context);
    const straight = join(folder, 'straight');
    const whole = await cellsmith('search', '--config', config, '--out', straight);
    expect(whole, whole.stderr).toMatchObject({ code: 0 });

    const run = join(disk, 'run');
    const first = start('search', '--config', config, '--out', run);
    await until(first, run, (e) => e.kind === 'checkpoint');
    const filler = join(disk, 'filler');
    const { bavail, bsize } = await statfs(disk);
    // Part of a checkpoint still fits.
    await writeFile(filler, Buffer.alloc((bavail - 3) * bsize));
    const ended = await first.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(
      /^error: Cannot write .+: the disk or your share of it is full\.\n {2}→ Free some space/m,
    );
    const { step } = eventsIn(run).findLast((e) => e.kind === 'checkpoint') ?? { step: 0 };
    expect(step).toBeGreaterThan(0);

    const still = await cellsmith('resume', '--run', run);
    expect(still.code, still.stderr).toBe(1);
    expect(still.stderr).toMatch(/^error: Cannot write .+ full\./m);

    await rm(filler);
    const resumed = await cellsmith('resume', '--run', run);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(eventsIn(run).find((e) => e.kind === 'resumed')).toMatchObject({ step });
    const end = endOf(run);
    for (const [name, bytes] of Object.entries(endOf(straight))) expect(end[name] === bytes, name).toBe(true);
  }, 150_000);

  it('that is read-only: an error that says so, nothing changed, and afterwards the run goes on', async (context) => {
    needsDisk(context);
    const run = join(disk, 'stopped');
    const first = start('search', '--config', config, '--out', run);
    await until(first, run, (e) => e.kind === 'checkpoint');
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(130);
    const before = contentOf(disk);
    remount('ro');
    const [resumed, begun] = await Promise.all([
      cellsmith('resume', '--run', run),
      cellsmith('search', '--config', config, '--out', join(disk, 'new')),
    ]);
    remount('rw');
    expect(resumed.code).toBe(1);
    expect(resumed.stderr).toMatch(
      /^error: Cannot write .+disk\/stopped.*: access is denied \(EROFS\)\.\n {2}→ Give yourself/m,
    );
    expect(begun.code).toBe(1);
    expect(begun.stderr).toMatch(
      /^error: Cannot write .+disk\/new.*: access is denied \(EROFS\)\.\n {2}→ Give yourself/m,
    );
    expect(contentOf(disk)).toEqual(before);
    const ended = await cellsmith('resume', '--run', run);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }, 150_000);
});
