/** Processes that are killed without warning, stopped by a signal, or meet another on the same folder. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cellsmith,
  contentOf,
  endOf,
  eventsIn,
  experiment,
  killAfter,
  lastJson,
  start,
  until,
  writeExperiment,
} from './command.ts';

let folder: string;
let config: string;
let straight: string;
let summary: unknown;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-'));
  config = await writeExperiment(folder, experiment());
  straight = join(folder, 'straight');
  const searched = await cellsmith('search', '--config', config, '--out', straight);
  expect(searched, searched.stderr).toMatchObject({ code: 0 });
  const trained = await cellsmith('retrain', '--run', straight, '--json');
  expect(trained, trained.stderr).toMatchObject({ code: 0 });
  summary = lastJson(trained);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('kill -9', () => {
  it('at two moments of a search and one of a training, then resume: the same genotype, alphas, network', async () => {
    const run = join(folder, 'killed');
    const resume = ['resume', '--run', run];
    const first = await killAfter('search', 20, run, 'search', '--config', config, '--out', run);
    expect(first.code).toBe('SIGKILL');
    const saved = eventsIn(run).findLast((e) => e.kind === 'checkpoint');
    const second = await killAfter('search', 90, run, ...resume);
    expect(second.code).toBe('SIGKILL');
    const resumed = eventsIn(run).find((e) => e.kind === 'resumed');
    expect(resumed).toMatchObject({ phase: 'search', step: saved?.step });
    const ended = await cellsmith(...resume);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect((await killAfter('retrain', 30, run, 'retrain', '--run', run)).code).toBe('SIGKILL');
    const trained = await cellsmith(...resume, '--json');
    expect(trained, trained.stderr).toMatchObject({ code: 0 });

    expect(eventsIn(run).filter((e) => e.kind === 'resumed')).toHaveLength(3);
    expect(eventsIn(run).filter((e) => e.kind === 'warning' && e.code === 'cut-off')).toHaveLength(3);
    expect(lastJson(trained)).toEqual(summary);
    const end = endOf(run);
    expect(Object.keys(end)).toEqual(
      expect.arrayContaining([
        'splits',
        ...['weights', 'momentum', 'alphas', 'adam'].map((group) => `search ${group}.safetensors`),
        ...['weights', 'momentum', 'statistics'].map((group) => `retrain ${group}.safetensors`),
        'network found.safetensors',
      ]),
    );
    const whole = endOf(straight);
    expect(Object.keys(end)).toEqual(Object.keys(whole));
    for (const [name, bytes] of Object.entries(whole)) expect(end[name] === bytes, name).toBe(true);
    // What the run left is taken over, not left behind.
    expect(existsSync(join(run, 'run.lock'))).toBe(false);
    const again = await cellsmith(...resume);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('Nothing is left to do');
  }, 180_000);
});

describe('a run that is worked on', () => {
  it('is closed to others, and stops with 130 and a checkpoint on Ctrl-C', async () => {
    const run = join(folder, 'stopped');
    const first = start('search', '--config', config, '--out', run);
    await until(first, run, (e) => e.kind === 'checkpoint');
    // Standing still, so that it cannot finish before the others have looked.
    first.child.kill('SIGSTOP');
    const [resumed, begun] = await Promise.all([
      cellsmith('resume', '--run', run, '--json'),
      cellsmith('search', '--config', config, '--out', run, '--json'),
    ]);
    first.child.kill('SIGCONT');
    first.child.kill('SIGINT');
    const stopped = await first.ended;

    expect(resumed.code).toBe(2);
    expect(lastJson(resumed)).toMatchObject({
      error: {
        code: 'run-locked',
        message: `${run} is in use by process ${first.child.pid} on ${hostOf(resumed.stderr)}.`,
        hint: expect.stringContaining('wait'),
      },
    });
    expect(begun.code).toBe(2);
    expect(lastJson(begun)).toMatchObject({ error: { code: expect.stringMatching(/run-(exists|locked)/) } });

    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain(`cellsmith resume --run ${run}`);
    const events = eventsIn(run);
    const cancelled = events.at(-1);
    expect(cancelled).toMatchObject({ kind: 'cancelled', phase: 'search' });
    const checkpoint = events.findLast((e) => e.kind === 'checkpoint');
    expect(checkpoint?.step).toBe(cancelled?.kind === 'cancelled' ? cancelled.step : undefined);

    const ended = await cellsmith('resume', '--run', run);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const whole = endOf(straight);
    for (const [name, bytes] of Object.entries(endOf(run))) expect(bytes === whole[name], name).toBe(true);
  }, 180_000);

  it('stays as it is when a new one is begun in its folder', async () => {
    const before = contentOf(straight);
    const ended = await cellsmith('search', '--config', config, '--out', straight, '--json');
    expect(ended.code).toBe(2);
    expect(lastJson(ended)).toMatchObject({
      error: { code: 'run-exists', message: expect.stringContaining(straight) },
    });
    expect(contentOf(straight)).toEqual(before);
  });
});

/** The computer's name as the message gives it. */
function hostOf(stderr: string): string {
  return /in use by process \d+ on (.+)\.$/m.exec(stderr)?.[1] ?? 'nowhere';
}
