/** The desktop program from its start to its end, with engines that the test plays. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunProcess } from '../../../core/protocol/hostApi.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { runDesktop } from '../../../electron/main/desktop.ts';
import {
  app,
  BrowserWindow,
  callsOf,
  powerMonitor,
  preventable,
  recorded,
  resetElectron,
} from '../double/electron.ts';
import { openPage, type Page } from '../page.ts';
import { type PlayedEngine, playEngines } from '../playedEngine.ts';

vi.mock('electron', () => import('../double/electron.ts'));

let home = '';
let engines: PlayedEngine[] = [];

// Each start listens for the whole life of its process; here they share one.
process.setMaxListeners(50);

beforeEach(async () => {
  resetElectron();
  home = await mkdtemp(join(tmpdir(), 'cellsmith-desktop-'));
  recorded.paths.userData = home;
  engines = playEngines();
});
afterEach(async () => {
  app.quit();
  // Runs that are still at work are let go.
  await vi.waitFor(() => {
    engines.forEach((engine) => engine.end('paused'));
    expect(callsOf('app.quit').length + callsOf('app.exit').length).toBeGreaterThan(0);
  });
  await rm(home, { recursive: true });
});

const start = (): Promise<void> => runDesktop({ home, programs: '/programs', window: '/window' });
const window = (): BrowserWindow => BrowserWindow.getAllWindows()[0];
const wasQuit = (): boolean => callsOf('app.quit').length > 0;

async function startRun(page: Page, name = 'pets'): Promise<string> {
  const plan = { config: RunConfig.parse({ name }), phases: ['search' as const] };
  return (await page.host.call('startRun', { plan })).runId;
}
function statesOf({ host }: Page): RunProcess['state'][] {
  const states: RunProcess['state'][] = [];
  host.on('process', ({ state }) => states.push(state));
  return states;
}

/** The program with a run at work. */
async function begun(): Promise<{ states: RunProcess['state'][]; runId: string }> {
  await start();
  const page = openPage();
  return { states: statesOf(page), runId: await startRun(page) };
}

describe('the desktop program', () => {
  it('opens a window, and says to it what it is', async () => {
    await start();
    expect(window().url).toBe('app://cellsmith/index.html');
    const hello = await openPage().host.call('hello', {});
    expect(hello).toMatchObject({ kind: 'desktop', platform: process.platform, home });
    expect(callsOf('Menu.setApplicationMenu')).toHaveLength(1);
    expect(await readFile(join(home, 'logs', 'desktop.log'), 'utf8')).toMatch(
      /Cellsmith \d+\.\d+\.\d+ on Electron/,
    );
  });

  it('keeps the computer awake while any run works, and no longer', async () => {
    await start();
    const page = openPage();
    await startRun(page, 'one');
    await startRun(page, 'two');
    expect(callsOf('powerSaveBlocker.start')).toEqual([['prevent-app-suspension']]);
    engines[0].end('finished');
    await vi.waitFor(async () =>
      expect((await page.host.call('processes', {})).map(({ state }) => state.kind)).toContain('ended'),
    );
    expect(callsOf('powerSaveBlocker.stop')).toEqual([]);
    engines[1].end('finished');
    await vi.waitFor(() => expect(callsOf('powerSaveBlocker.stop')).toHaveLength(1));
    expect(callsOf('powerSaveBlocker.start')).toHaveLength(1);
    expect(window().progress.at(-1)).toBe(-1);
  });

  it('tells who looks elsewhere that a run has finished, and shows the window when asked', async () => {
    await start();
    await startRun(openPage());
    engines[0].end('finished');
    await vi.waitFor(() => expect(callsOf('Notification.show')).toHaveLength(1));
    const [[options, notice]] = callsOf('Notification.show') as [
      [{ title: string }, { emit(name: string): void }],
    ];
    expect(options.title).toMatch(/^pets-.* has finished$/);
    notice.emit('click');
    expect(BrowserWindow.getFocusedWindow()).toBe(window());
  });

  it('tells what a run has failed of', async () => {
    await start();
    await startRun(openPage());
    engines[0].fail(new Error('the loss is no number'));
    await vi.waitFor(() => expect(callsOf('Notification.show')).toHaveLength(1));
    expect(callsOf('Notification.show')[0][0]).toMatchObject({ body: 'the loss is no number' });
  });

  it.each([
    ['the window is looked at', (): void => window().focus(), 'finished' as const],
    ['the system has no such thing', (): void => void (recorded.notifications = false), 'finished' as const],
    ['the person paused the run', (): void => undefined, 'paused' as const],
  ])('keeps quiet where %s', async (_why, arrange, outcome) => {
    const { states } = await begun();
    arrange();
    engines[0].end(outcome);
    await vi.waitFor(() => expect(states.at(-1)?.kind).toBe('ended'));
    expect(callsOf('Notification.show')).toEqual([]);
  });

  it('starts an engine again that has crashed, from its last checkpoint', async () => {
    const { states, runId } = await begun();
    const name = engines[0].utility.options.serviceName;
    app.emit('child-process-gone', {}, { type: 'Utility', name, reason: 'crashed', exitCode: 0 });
    engines[0].utility.end(0);
    await vi.waitFor(() =>
      expect(states).toContainEqual(expect.objectContaining({ kind: 'restarting', attempt: 1 })),
    );
    expect(states.find(({ kind }) => kind === 'restarting')).toMatchObject({
      reason: expect.stringContaining('a crash of native code'),
    });
    await vi.waitFor(() => expect(engines).toHaveLength(2), { timeout: 5000 });
    await vi.waitFor(() =>
      expect(engines[1].task).toEqual({ kind: 'resume', folder: join(home, 'runs', runId) }),
    );
  });

  it('does not start an engine again whose memory ran out, but puts that on record', async () => {
    const { states } = await begun();
    const name = engines[0].utility.options.serviceName;
    app.emit('child-process-gone', {}, { type: 'Utility', name, reason: 'oom', exitCode: 0 });
    engines[0].utility.end(0);
    const failure = expect.objectContaining({ code: 'out-of-memory' }) as object;
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'failed', failure }));
    expect(engines.map(({ task }) => task?.kind)).toEqual(['begin', undefined]);
  });

  it('starts a library again for the page that has lost it', async () => {
    await start();
    const page = openPage();
    recorded.utilities[0].end(1, 'Error: broken\n');
    await vi.waitFor(async () =>
      expect(await readFile(join(home, 'logs', 'desktop.log'), 'utf8')).toContain('ended'),
    );
    page.library.close();
    page.host.close();
    openPage();
    const libraries = recorded.utilities.filter(({ program }) => program === '/programs/library.js');
    expect(libraries).toHaveLength(2);
    expect(
      libraries[1].posted.filter(({ message }) => (message as { kind: string }).kind === 'window'),
    ).toHaveLength(2);
  });

  it('says why it cannot start where another works in the same home', async () => {
    await start();
    await start();
    const [[title, text]] = callsOf('dialog.showErrorBox') as [[string, string]];
    expect(title).toBe('Cellsmith cannot start');
    expect(text).toMatch(/Another Cellsmith works in this home[^]*--home/);
    expect(callsOf('app.exit')).toEqual([[1]]);
  });

  it('comes to the front when it is started again, and opens a window where there is none', async () => {
    await start();
    window().minimised = true;
    app.emit('second-instance');
    expect([window().minimised, BrowserWindow.getFocusedWindow()]).toEqual([false, window()]);
    window().close();
    app.emit('second-instance');
    expect(BrowserWindow.getAllWindows()).toHaveLength(1);
  });
});

describe('quitting', () => {
  it('waits until runs have saved, and goes on with them at the next start', async () => {
    await start();
    const runId = await startRun(openPage());
    app.quit();
    app.quit();
    await vi.waitFor(() => expect(engines[0].wishes).toEqual(['pause']));
    expect([wasQuit(), callsOf('app.quit prevented').length]).toEqual([false, 2]);
    expect(window().title).toContain('saving');
    engines[0].end('paused');
    await vi.waitFor(() => expect(wasQuit()).toBe(true));
    expect(recorded.utilities.find(({ program }) => program.endsWith('library.js'))?.killed).toBe(1);

    app.removeAllListeners();
    await start();
    await vi.waitFor(() =>
      expect(engines[1]?.task).toEqual({ kind: 'resume', folder: join(home, 'runs', runId) }),
    );
  });

  it('is quick where nothing works', async () => {
    await start();
    window().close();
    app.emit('window-all-closed');
    await vi.waitFor(() => expect(wasQuit()).toBe(true));
  });

  it('comes before the computer is switched off', async () => {
    await start();
    const event = preventable();
    powerMonitor.emit('shutdown', event);
    expect(event.defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(wasQuit()).toBe(true));
  });

  it('is followed by another start, where somebody wanted one meanwhile', async () => {
    await start();
    await startRun(openPage());
    app.quit();
    app.emit('second-instance');
    engines[0].end('paused');
    await vi.waitFor(() => expect(wasQuit()).toBe(true));
    expect(callsOf('app.relaunch')).toHaveLength(1);
  });

  it.runIf(process.platform !== 'darwin')('by closing the window asks first, while a run works', async () => {
    await start();
    await startRun(openPage());
    expect([window().close(), window().close()]).toEqual([false, false]);
    expect(callsOf('dialog.showMessageBox')).toHaveLength(1);
    await vi.waitFor(() => expect(wasQuit()).toBe(false));
    recorded.messageAnswer = 0;
    await vi.waitFor(() => {
      window().close();
      expect(callsOf('app.quit prevented')).toHaveLength(1);
    });
    expect(engines[0].wishes).toEqual(['pause']);
  });
});
