/** The menu: roles of the system, and the folders that a person may look for. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setMenu } from '../../../electron/main/menu.ts';
import { callsOf, resetElectron } from '../double/electron.ts';

vi.mock('electron', () => import('../double/electron.ts'));

interface Item {
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly submenu?: readonly Item[];
  click?(): void;
}

let chosen: string[] = [];
beforeEach(() => {
  resetElectron();
  chosen = [];
});

function menu(isMac: boolean): readonly Item[] {
  setMenu({ isMac, logs: '/home/logs', home: '/home', choose: (item) => chosen.push(item) });
  return (callsOf('Menu.setApplicationMenu') as [[readonly Item[]]])[0][0];
}
const all = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...all(item.submenu ?? [])]);

describe('the menu', () => {
  it.each([true, false])('has what the system knows (macOS: %s)', (isMac) => {
    const roles = all(menu(isMac)).flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(
      expect.arrayContaining(['editMenu', 'windowMenu', 'reload', 'zoomIn', 'togglefullscreen']),
    );
    expect(roles.includes('appMenu')).toBe(isMac);
    expect(roles.includes('quit')).toBe(!isMac);
  });

  it('begins a new experiment and opens a run, by key too', () => {
    const items = all(menu(false));
    for (const key of ['CmdOrCtrl+N', 'CmdOrCtrl+O'])
      items.find(({ accelerator }) => accelerator === key)?.click?.();
    expect(chosen).toEqual(['newExperiment', 'openRun']);
  });

  it('opens the folders of experiments and of the log', () => {
    const items = all(menu(false));
    items.find(({ label }) => label === 'Show experiments folder')?.click?.();
    items.find(({ label }) => label === 'Show log')?.click?.();
    expect(callsOf('shell.openPath')).toEqual([['/home'], ['/home/logs']]);
  });
});
