/** The application menu: what every program has, with the shortcuts of the system. */
import { Menu, type MenuItemConstructorOptions, shell } from 'electron';

export interface MenuOptions {
  readonly isMac: boolean;
  /** Folder of the log. */
  readonly logs: string;
  /** The home folder, where runs and data lie. */
  readonly home: string;
}

export function setMenu({ isMac, logs, home }: MenuOptions): void {
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
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
