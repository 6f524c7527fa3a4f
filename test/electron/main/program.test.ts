/** The program's start: what is settled before Electron is ready, and one program per home. */
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { homeOption } from '../../../electron/main/commandLine.ts';
import { startProgram } from '../../../electron/main/program.ts';
import { app, callsOf, recorded, resetElectron } from '../double/electron.ts';

vi.mock('electron', () => import('../double/electron.ts'));
const desktop = vi.hoisted(() => ({ runDesktop: vi.fn(() => Promise.resolve()) }));
vi.mock('../../../electron/main/desktop.ts', () => desktop);

let home = '';
beforeEach(async () => {
  resetElectron();
  desktop.runDesktop.mockClear();
  home = await mkdtemp(join(tmpdir(), 'cellsmith-main-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const startWith = (...words: readonly string[]): void =>
  startProgram(['electron', 'main.js', ...words], '/dist/electron');

describe('the program', () => {
  it('registers its scheme before Electron is ready, and runs in the home that is given', async () => {
    let registeredBefore = false;
    vi.spyOn(app, 'whenReady').mockImplementationOnce(() => {
      registeredBefore = callsOf('protocol.registerSchemesAsPrivileged').length === 1;
      return Promise.resolve();
    });
    startWith('--home', home);
    await vi.waitFor(() => expect(desktop.runDesktop).toHaveBeenCalledOnce());
    expect(registeredBefore).toBe(true);
    expect(desktop.runDesktop).toHaveBeenCalledWith({
      home,
      programs: '/dist/electron',
      window: '/dist/renderer',
    });
  });

  it('has a lock, and a place of its window, for each home', () => {
    startWith('--home', home);
    const first = recorded.paths.userData;
    resetElectron();
    startWith('--home', join(home, 'other'));
    expect(first).toMatch(/^\/nowhere.homes.[0-9a-f]{12}$/);
    expect(recorded.paths.userData).not.toBe(first);
    const names = recorded.calls.map(([name]) => name);
    expect(names.indexOf('app.setPath')).toBeLessThan(names.indexOf('app.requestSingleInstanceLock'));
  });

  it('keeps the usual place where the home is the usual one', async () => {
    vi.stubEnv('CELLSMITH_HOME', '');
    startWith();
    await vi.waitFor(() => expect(desktop.runDesktop).toHaveBeenCalledOnce());
    expect(desktop.runDesktop).toHaveBeenCalledWith(
      expect.objectContaining({ home: join(homedir(), 'Cellsmith') }),
    );
    expect(callsOf('app.setPath')).toEqual([]);
  });

  it('ends where another of the same home is there already', () => {
    recorded.lock = false;
    startWith('--home', home);
    expect(callsOf('app.quit')).toHaveLength(1);
    expect(desktop.runDesktop).not.toHaveBeenCalled();
  });
});

describe('the command line', () => {
  it.each([
    [['--home', '/a b'], '/a b'],
    [['--home=/a'], '/a'],
    [['--no-sandbox', '--home', '/a'], '/a'],
    [['--home'], undefined],
    [['--home='], undefined],
    [['--homeless', '/a'], undefined],
    [[], undefined],
  ])('%j has the home %s', (words, expected) => {
    expect(homeOption(['electron', ...words])).toBe(expected);
  });
});
