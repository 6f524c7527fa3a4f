/** What a desktop can do for its window and a browser cannot: dialogs, the file manager, the theme of the frame. */
import { realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, type OpenDialogOptions, shell } from 'electron';
import { CellsmithError } from '../../core/base/errors.ts';
import { runFolder } from '../../headless/services/home.ts';
import type { HostActions } from '../../headless/services/keeper/hostService.ts';
import { cardsOf } from './graphics.ts';
import { openLink } from './guard.ts';

/** Only a folder with this file is a run. */
const MANIFEST = 'run.json';

export function hostActions(home: string): HostActions {
  return {
    async chooseFolder({ title, from }) {
      const options: OpenDialogOptions = {
        title,
        defaultPath: from ?? home,
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
      };
      // A sheet of the window that asked, where the system has such.
      const window = BrowserWindow.getFocusedWindow();
      const chosen = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      const [path] = chosen.canceled ? [] : chosen.filePaths;
      return path === undefined ? {} : { path };
    },
    async reveal({ runId, path }) {
      shell.showItemInFolder(await pathInRun(runFolder(home, runId), path));
    },
    openExternal: ({ url }) => openLink(url),
    // Where graphics are off it refuses: then there is nothing to tell.
    graphics: async () => cardsOf(await app.getGPUInfo('complete').catch(() => undefined)),
    setTheme({ theme }) {
      nativeTheme.themeSource = theme;
    },
  };
}

/** @throws CellsmithError `bad-path`, `not-found` */
async function pathInRun(folder: string, path: string): Promise<string> {
  const wanted = resolve(folder, path);
  if (path.includes('\0') || !isInside(wanted, folder)) throw outside(path, folder);
  try {
    await stat(join(folder, MANIFEST));
    // A link may lead out of the folder.
    if (!isInside(await realpath(wanted), await realpath(folder))) throw outside(path, folder);
  } catch (error) {
    if (error instanceof CellsmithError) throw error;
    throw new CellsmithError(
      'not-found',
      `${wanted} is not there (any more).`,
      'The run may have been moved, or the file not been written yet. Look at the list of runs again.',
    );
  }
  return wanted;
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

function outside(path: string, folder: string): CellsmithError {
  return new CellsmithError(
    'bad-path',
    `'${path}' does not lie in the run's folder ${folder}.`,
    'Only files of a run are shown. Open the folder by hand, if you trust it.',
  );
}
