/** `cellsmith serve` as a program: killed without warning, ended by Ctrl-C, on a disk that runs full. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RunConfig } from '../../core/runs/runConfig.ts';
import { lockHolder } from '../../headless/host/runLock.ts';
import { makePlace, openWindow, signIn } from '../headless/serve/window.ts';
import type { Place, Window } from '../headless/serve/window.ts';
import { cellsmith, eventsIn, experiment, start } from './command.ts';
import type { Started } from './command.ts';

let place: Place;
let disk: string;
let mounted = false;
beforeAll(async () => {
  place = await makePlace();
  disk = await mkdtemp(join(tmpdir(), 'cellsmith-disk-'));
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
});
afterAll(async () => {
  if (mounted) spawnSync('umount', ['-l', disk]);
  await rm(disk, { recursive: true, force: true });
  await place.remove();
});

interface Server {
  readonly started: Started;
  readonly window: Window;
}

async function serve(home: string): Promise<Server> {
  const started = start('serve', '--home', home, '--renderer', place.renderer);
  const url = await new Promise<string>((resolve, reject) => {
    started.child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
    void started.ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const window = await openWindow(Number(new URL(url).port), await signIn(url));
  return { started, window };
}

const plan = (epochs: number) => ({
  config: RunConfig.parse(experiment(epochs)),
  phases: ['search' as const],
});

it('kill -9 of the server ends its engines, too, after they saved; the next server goes on', async () => {
  const first = await serve(place.home);
  const { runId } = await first.window.host.call('startRun', { plan: plan(40) });
  const folder = join(place.home, 'runs', runId);
  await first.window.until((p) => p.phase === 'search' && p.activity === undefined);
  first.started.child.kill('SIGKILL');
  await first.started.ended;
  // At once: the engine may still be saving.
  const second = await serve(place.home);
  const end = await second.window.until((p) => p.state.kind === 'ended' || p.state.kind === 'failed');
  expect(end).toMatchObject({ runId, state: { kind: 'ended', outcome: 'finished' } });
  const kinds = eventsIn(folder).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'paused' || kind === 'resumed')).toEqual(['paused', 'resumed']);
  expect(await lockHolder(folder)).toBeUndefined();

  // Another server for the same home is refused while this one stands.
  const refused = await cellsmith('serve', '--home', place.home, '--renderer', place.renderer);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /^error: Another Cellsmith works in this home: .+ process \d+ on .+\n {2}→ /m,
  );
  second.window.close();
  second.started.child.kill('SIGINT');
  expect((await second.started.ended).code).toBe(0);
}, 180_000);

it('a disk that is full keeps a run from beginning, says so, and is no hindrance once there is room', async ({
  skip,
}) => {
  skip(!mounted, 'this user may not mount a small disk');
  const home = join(disk, 'home');
  await mkdir(home);
  const { started, window } = await serve(home);
  const filler = join(disk, 'filler');
  const { bavail, bsize } = await statfs(disk);
  await writeFile(filler, Buffer.alloc(bavail * bsize));
  await expect(window.host.call('startRun', { plan: plan(2) })).rejects.toMatchObject({ code: 'disk-full' });
  await expect(
    window.library.call('writeKept', { name: 'draft', value: 'x'.repeat(9000) }),
  ).rejects.toMatchObject({
    code: 'disk-full',
  });
  expect(await window.library.call('runs', {})).toEqual([]);
  await rm(filler);
  const seen = window.told.length;
  const { runId } = await window.host.call('startRun', { plan: plan(2) });
  const end = await window.until((p) => window.told.indexOf(p) >= seen && p.state.kind === 'ended');
  expect(end).toMatchObject({ runId, state: { outcome: 'finished' } });
  window.close();
  started.child.kill('SIGTERM');
  expect((await started.ended).code).toBe(0);
}, 120_000);

it('says what is wrong with its options', async () => {
  const ended = await cellsmith(
    'serve',
    '--home',
    place.home,
    '--port',
    'eighty',
    '--renderer',
    place.renderer,
  );
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain("--port: 'eighty' is no port.");
  const unbuilt = await cellsmith('serve', '--home', place.home, '--renderer', place.home);
  expect(unbuilt.code).toBe(2);
  expect(unbuilt.stderr).toContain('npm run build');
});
