/** From an item of the menu to the window, by the whole desktop program. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runDesktop } from '../../../electron/main/desktop.ts';
import { menuChoices } from '../../../electron/main/menuChoices.ts';
import { app, callsOf, recorded, resetElectron } from '../double/electron.ts';
import { openPage } from '../page.ts';

vi.mock('electron', () => import('../double/electron.ts'));

interface Item {
  readonly label?: string;
  readonly submenu?: readonly Item[];
  click?(): void;
}

let home = '';
beforeEach(async () => {
  resetElectron();
  home = await mkdtemp(join(tmpdir(), 'cellsmith-menu-'));
  recorded.paths.userData = home;
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('what is chosen in the menu', () => {
  it('is told to the window, also to one that was not there yet', async () => {
    await runDesktop({ home, programs: '/programs', window: '/window' });
    const [[menu]] = callsOf('Menu.setApplicationMenu') as [[readonly Item[]]];
    const items = menu.flatMap(({ submenu = [] }) => submenu);
    const choose = (label: string): void => items.find((item) => item.label === label)?.click?.();
    choose('New experiment');
    const told: string[] = [];
    openPage().host.on('menu', ({ item }) => told.push(item));
    await vi.waitFor(() => expect(told).toEqual(['newExperiment']));
    choose('Open a run folder …');
    await vi.waitFor(() => expect(told).toEqual(['newExperiment', 'openRun']));
    app.quit();
    await vi.waitFor(() => expect(callsOf('app.quit').length).toBeGreaterThan(0));
  });

  it('brings the window to the front, and waits for one no longer than it has to', () => {
    let shown = 0;
    const { choose, onMenu } = menuChoices(() => shown++);
    choose('openRun');
    const told: string[] = [];
    const stop = onMenu(({ item }) => told.push(item));
    stop();
    onMenu(({ item }) => told.push(item));
    expect([shown, told]).toEqual([1, ['openRun']]);
  });
});
