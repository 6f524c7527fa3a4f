/** Real runs under a real server: processes killed, runs paused and gone on with, the server itself started anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunProcess } from '../../core/protocol/hostApi.ts';
import type { RunEvent } from '../../core/runs/events.ts';
import { RunConfig } from '../../core/runs/runConfig.ts';
import type { Serving } from '../../headless/serve/serve.ts';
import { readParts } from '../../renderer/store/readEvent.ts';
import { eventsIn, experiment } from './command.ts';
import { makePlace, openSocket, openWindow, serveAt, signIn } from '../headless/serve/window.ts';
import type { Place, Window } from '../headless/serve/window.ts';

let place: Place;
let serving: Serving;
let cookie: string;
let window: Window;
const said: string[] = [];
beforeAll(async () => {
  place = await makePlace();
  serving = await serveAt(place, 0, said);
  cookie = await signIn(serving.url);
  window = await openWindow(serving.port, cookie);
});
afterAll(async () => {
  window.close();
  await serving.close();
  await place.remove();
});

const config = (name: string, epochs = 30): RunConfig => RunConfig.parse({ ...experiment(epochs), name });
const folderOf = (runId: string): string => join(place.home, 'runs', runId);
const search = async (name: string, epochs?: number): Promise<string> => {
  const plan = { config: config(name, epochs), phases: ['search' as const] };
  return (await window.host.call('startRun', { plan })).runId;
};
const ended = (runId: string) => (process: RunProcess) =>
  process.runId === runId && (process.state.kind === 'ended' || process.state.kind === 'failed');

/** The run's journal as it comes to the window. */
async function watched(
  runId: string,
): Promise<{ readonly events: RunEvent[]; until(seen: () => boolean): Promise<void> }> {
  const events: RunEvent[] = [];
  let look: () => void = () => undefined;
  window.library.on('journal', ({ runId: id, first, parts }) => {
    if (id !== runId) return;
    events.splice(first, events.length, ...readParts(parts).events);
    look();
  });
  await window.library.call('watchRun', { runId, after: 0 });
  return {
    events,
    until: (seen) =>
      new Promise((resolve) => {
        look = () => {
          if (seen()) resolve();
        };
        look();
      }),
  };
}

describe('a run', () => {
  it('is begun, can be watched, and goes on by itself when its process is killed', async () => {
    const runId = await search('Kätzchen & co', 15);
    expect(runId).toMatch(/^katzchen-co-\d{4}-\d\d-\d\d-\d{6}$/);
    const journal = await watched(runId);
    await journal.until(() => journal.events.some((event) => event.kind === 'checkpoint'));
    const before = (await window.host.call('processes', {})).find((process) => process.runId === runId);
    process.kill(before?.pid ?? 0, 'SIGKILL');
    const restarting = await window.until((p) => p.runId === runId && p.state.kind === 'restarting');
    expect(restarting).toMatchObject({ restarts: 1, state: { reason: expect.stringContaining('SIGKILL') } });
    // It computes in a process of its own: the library answers meanwhile.
    const rows = await window.library.call('runs', {});
    expect(rows.map(({ id }) => id)).toContain(runId);
    const end = await window.until(ended(runId));
    expect(end.state).toEqual({ kind: 'ended', outcome: 'finished' });
    await journal.until(() => journal.events.some((event) => event.kind === 'finished'));
    expect(journal.events).toEqual(eventsIn(folderOf(runId)));
    expect(journal.events.filter(({ kind }) => kind === 'resumed')).toHaveLength(1);
    const [row] = await window.library.call('runs', {});
    expect(row).toMatchObject({ id: runId, state: 'finished', share: 1, open: [], name: 'Kätzchen & co' });
    expect(row.genotype).toBeDefined();
    expect(readdirSync(folderOf(runId))).toContain('report.html');
  }, 120_000);

  it('pauses, goes on, and stops at the end of an epoch', async () => {
    const runId = await search('patient');
    await window.until((p) => p.runId === runId && p.phase === 'search' && p.activity === undefined);
    await window.host.call('wish', { runId, wish: 'pause' });
    expect((await window.until(ended(runId))).state).toEqual({ kind: 'ended', outcome: 'paused' });
    expect(eventsIn(folderOf(runId)).at(-1)).toMatchObject({ kind: 'paused', phase: 'search' });
    await expect(window.host.call('wish', { runId, wish: 'stop' })).rejects.toMatchObject({
      code: 'not-at-work',
    });

    const seen = window.told.length;
    await window.host.call('resumeRun', { runId });
    await expect(window.host.call('resumeRun', { runId })).rejects.toMatchObject({ code: 'run-at-work' });
    await window.host.call('wish', { runId, wish: 'stopAfterEpoch' });
    await window.until((p) => window.told.indexOf(p) >= seen && ended(runId)(p));
    const [epoch, , cancelled] = eventsIn(folderOf(runId)).slice(-3);
    expect([epoch.kind, cancelled.kind]).toEqual(['epoch', 'cancelled']);
    expect('step' in epoch && 'step' in cancelled && epoch.step === cancelled.step).toBe(true);
  }, 120_000);

  it('is extended by what is to be done next', async () => {
    const [row] = (await window.library.call('runs', {})).filter(({ state }) => state === 'finished');
    const plan = { config: config(row.name), phases: ['retrain' as const] };
    const seen = window.told.length;
    await window.host.call('extendRun', { runId: row.id, plan });
    const end = await window.until((p) => window.told.indexOf(p) >= seen && ended(row.id)(p));
    expect(end.state).toEqual({ kind: 'ended', outcome: 'finished' });
    expect(eventsIn(folderOf(row.id)).some(({ kind }) => kind === 'retrained')).toBe(true);
  }, 120_000);

  it('that cannot be begun is an error, and leaves nothing behind', async () => {
    const nowhere = { ...config('nowhere'), data: { ...config('x').data, source: 'folder:/nowhere' } };
    const plan = { config: nowhere, phases: ['search' as const] };
    const { runId } = await window.host.call('startRun', { plan });
    const end = await window.until(ended(runId));
    expect(end.state).toMatchObject({
      kind: 'failed',
      failure: { code: 'not-found', message: expect.stringContaining('/nowhere') },
    });
    expect((await window.library.call('runs', {})).map(({ id }) => id)).not.toContain(runId);
    expect(readdirSync(join(place.home, 'runs'))).not.toContain(runId);
    await expect(window.host.call('resumeRun', { runId: 'no-such-run' })).rejects.toMatchObject({
      code: 'not-a-run',
    });
  }, 60_000);
});

describe('the browser host', () => {
  it('says what a browser cannot do', async () => {
    expect(await window.host.call('hello', {})).toMatchObject({ kind: 'browser', home: place.home });
    const { host } = window;
    await expect(host.call('chooseFolder', { title: 'x' })).rejects.toMatchObject({ code: 'no-dialogs' });
    await expect(host.call('reveal', { runId: 'a', path: 'b' })).rejects.toMatchObject({
      code: 'no-file-manager',
    });
    await expect(host.call('openExternal', { url: 'https://x.y' })).rejects.toMatchObject({
      code: 'no-browser',
    });
    expect(await host.call('setTheme', { theme: 'dark' })).toBeUndefined();
  });

  it('starts the library again when its process is killed, and windows connect again', async () => {
    const lost = window.library.closed;
    const { library } = window;
    await library.call('machine', {});
    for (const pid of processesOf('libraryChild')) process.kill(pid, 'SIGKILL');
    await lost;
    await expect(library.call('machine', {})).rejects.toMatchObject({ code: 'disconnected' });
    window.close();
    window = await openWindow(serving.port, cookie).then(whenItAnswers);
    expect((await window.library.call('machine', {})).home).toBe(place.home);
    expect(said.join()).toContain('started again');
  }, 60_000);

  it('lets a run save when it ends, and goes on with it when it starts again', async () => {
    const runId = await search('long', 60);
    await window.until((p) => p.runId === runId && p.phase === 'search' && p.activity === undefined);
    window.close();
    await serving.close();
    expect(eventsIn(folderOf(runId)).at(-1)).toMatchObject({ kind: 'paused', phase: 'search' });
    serving = await serveAt(place, serving.port, said);
    window = await openWindow(serving.port, cookie).then(whenItAnswers);
    expect((await window.host.call('processes', {})).map((process) => process.runId)).toEqual([runId]);
    await window.until((p) => p.runId === runId && p.state.kind === 'working');
    await window.host.call('wish', { runId, wish: 'stop' });
    await window.until(ended(runId));
    expect(eventsIn(folderOf(runId)).some(({ kind }) => kind === 'resumed')).toBe(true);

    // What a person stopped stays stopped.
    window.close();
    await serving.close();
    serving = await serveAt(place, serving.port, said);
    window = await openWindow(serving.port, cookie).then(whenItAnswers);
    expect(await window.host.call('processes', {})).toEqual([]);
  }, 120_000);

  it('forecasts an experiment, and ends that at once where nobody waits for it any more', async () => {
    const plan = { config: config('forecast'), phases: ['search' as const, 'retrain' as const] };
    const told: string[] = [];
    const forecast = await window.host.call('forecast', plan, { onProgress: ({ what }) => told.push(what) });
    expect(forecast.phases.map(({ phase }) => phase)).toEqual(['search', 'retrain']);
    expect(told).toContain('Search');
    const controller = new AbortController();
    const { signal } = controller;
    const cancelled = window.host.call('forecast', plan, { signal, onProgress: () => controller.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  }, 120_000);
});

/** A window whose library answers: its process may be starting yet. */
async function whenItAnswers(opened: Window): Promise<Window> {
  let current = opened;
  for (;;) {
    const answer = await current.library.call('machine', {}).catch(() => undefined);
    if (answer !== undefined) return current;
    current.close();
    current = await openWindow(serving.port, cookie);
  }
}

/** Processes of this server that run such a program. */
function processesOf(program: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words.some((word) => word.includes(program)) && words.includes(place.home);
      } catch {
        // It has ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

describe('a socket', () => {
  it('survives messages that are none', async () => {
    const headers = { cookie, origin: `http://127.0.0.1:${serving.port}` };
    for (const path of ['/api/library', '/api/host']) {
      const socket = await openSocket(serving.port, path, headers);
      for (const text of ['', '{', 'null', '[]', '{"type":"call"}']) socket.send(text);
      socket.send(JSON.stringify({ type: 'call', id: 5, name: 'nothing', params: {} }));
      const answer = await new Promise<string>((resolve) =>
        socket.on('message', (data: Buffer) => resolve(data.toString('utf8'))),
      );
      expect(JSON.parse(answer)).toMatchObject({ type: 'error', id: 5, error: { code: 'bad-message' } });
      socket.close();
    }
  });
});
