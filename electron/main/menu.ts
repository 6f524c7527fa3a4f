/** The application menu: what every program has, with the shortcuts of the system. */
import { Menu, type MenuItemConstructorOptions, shell } from 'electron';
import type { MenuChoices } from './menuChoices.ts';

export interface MenuOptions {
  readonly isMac: boolean;
  /** Folder of the log. */
  readonly logs: string;
  /** The home folder, where runs and data lie. */
  readonly home: string;
  readonly choose: MenuChoices['choose'];
}

export function setMenu({ isMac, logs, home, choose }: MenuOptions): void {
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New experiment', accelerator: 'CmdOrCtrl+N', click: () => choose('newExperiment') },
        { label: 'Open a run folder …', accelerator: 'CmdOrCtrl+O', click: () => choose('openRun') },
        { type: 'separator' },
        { label: 'Show experiments folder', click: () => void shell.openPath(home) },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'Show log', click: () => void shell.openPath(logs) }] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
