/** The window: no Node, no rights, its own scheme. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { APP_PAGE } from './appScheme.ts';
import type { Log } from './log.ts';
import { keepWindowPlace, readWindowPlace } from './windowPlace.ts';

const SIZE = { width: 1360, height: 880 };
const LEAST = { minWidth: 880, minHeight: 600 };
/** `--bg` of renderer/styles/tokens.css, so that nothing flashes before the page is drawn. */
const BACKGROUND = { light: '#f5f6f8', dark: '#111419' };

/** A page that crashes whenever it is loaded is left as it is. */
const MOST_CRASHES = 3;

export interface WindowOptions {
  readonly preload: string;
  /** For the taskbar, where the system does not take it from the package. */
  readonly icon: string;
  readonly log: Log;
}

export function openWindow({ preload, icon, log }: WindowOptions): BrowserWindow {
  const placeFile = join(app.getPath('userData'), 'window.json');
  const place = readWindowPlace(placeFile);
  const window = new BrowserWindow({
    ...SIZE,
    ...place?.bounds,
    ...LEAST,
    title: 'Cellsmith',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: background(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (place?.isMaximised === true) window.maximize();
  keepWindowPlace(window, placeFile, log);
  window.once('ready-to-show', () => window.show());

  const repaint = (): void => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));

  // Runs are in other processes: a page that crashed is simply loaded again.
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`the window's process is gone: ${reason}`);
    if (reason !== 'clean-exit' && ++crashes <= MOST_CRASHES) window.webContents.reload();
  });
  window.loadURL(APP_PAGE).catch((error: unknown) => log(`the window cannot be loaded: ${String(error)}`));
  return window;
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** Brings a window to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
