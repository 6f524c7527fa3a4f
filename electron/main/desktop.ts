/** The desktop program: what is there when, from the first window to the last checkpoint. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, powerMonitor, session } from 'electron';
import { CellsmithError } from '../../core/base/errors.ts';
import { systemClock } from '../../headless/host/clock.ts';
import { APP_VERSION } from '../../headless/host/version.ts';
import { type Keeper, openKeeper } from '../../headless/services/keeper/keeper.ts';
import { serveHost } from '../../headless/services/keeper/hostService.ts';
import { portOver } from '../ports/messagePort.ts';
import { serveAppScheme } from './appScheme.ts';
import { askBeforeClosing } from './closing.ts';
import { guardContents, guardSession } from './guard.ts';
import { hostActions } from './hostActions.ts';
import { libraryProcess } from './libraryProcess.ts';
import { openLog } from './log.ts';
import { setMenu } from './menu.ts';
import { menuChoices } from './menuChoices.ts';
import { noticeRunEnd } from './notices.ts';
import { servePorts } from './ports.ts';
import { createPowerSave } from './powerSave.ts';
import { runsAtWork } from './runsAtWork.ts';
import { taskbarProgress } from './taskbarProgress.ts';
import { createUtilityHost } from './utilityHost.ts';
import { focusWindow, openWindow } from './window.ts';

export interface DesktopOptions {
  readonly home: string;
  /** Folder of the bundles: utility processes and the preload script. */
  readonly programs: string;
  /** Folder of the window's files. */
  readonly window: string;
}

/** Once the application is ready, and is the only one of this home. */
export async function runDesktop({ home, programs, window }: DesktopOptions): Promise<void> {
  const logs = join(home, 'logs');
  const log = openLog(logs, { now: systemClock.now });
  log(`Cellsmith ${APP_VERSION} on Electron ${process.versions.electron}, ${process.platform}`);
  process.on('unhandledRejection', (reason) => log(`unhandled: ${String(reason)}`));

  guardSession(session.defaultSession);
  guardContents(log);
  serveAppScheme(window);

  const processes = createUtilityHost({ programs, home, log });
  const progress = taskbarProgress();
  const library = libraryProcess(processes, progress.connect);
  const powerSave = createPowerSave();
  const show = (): void => {
    const [first] = BrowserWindow.getAllWindows();
    if (first === undefined) open();
    else focusWindow(first);
  };
  const menu = menuChoices(show);
  setMenu({ isMac: process.platform === 'darwin', logs, home, choose: menu.choose });
  const atWork = runsAtWork({
    onChange(ids) {
      powerSave(ids.size);
      progress.update(ids);
    },
    onEnd: (run) => noticeRunEnd(run, show),
  });

  // The window need not wait: its calls are answered as soon as the runs of the last time have been looked at.
  const opening = openKeeper({ home, processes, now: systemClock.now });
  const hello = { app: APP_VERSION, kind: 'desktop' as const, platform: process.platform, home };
  servePorts({
    connectLibrary: library.connectWindow,
    connectHost(port) {
      const end = portOver(port);
      opening.then(
        (keeper) => serveHost(end, keeper, hello, hostActions(home), menu.onMenu),
        () => end.close(),
      );
    },
    log,
  });
  const quitting = quitInOrder(opening, () => library.kill(), log);
  const open = (): void => {
    const files = { preload: join(programs, 'preload.cjs'), icon: join(programs, 'icon.png') };
    const opened = openWindow({ ...files, log });
    askBeforeClosing(opened, { runs: atWork.ids, isQuitting: quitting.hasBegun });
  };
  open();

  app.on('second-instance', () => (quitting.hasBegun() ? quitting.startAgain() : show()));
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  try {
    const keeper = await opening;
    keeper.onProcess(atWork.update);
    await keeper.resumeActive();
  } catch (error) {
    log(`cannot start: ${String(error)}`);
    const hint = error instanceof CellsmithError ? `\n\n${error.hint}` : '';
    dialog.showErrorBox(
      'Cellsmith cannot start',
      `${error instanceof Error ? error.message : String(error)}${hint}`,
    );
    app.exit(1);
  }
}

interface Quitting {
  readonly hasBegun: () => boolean;
  /** Somebody has started the program while it was ending. */
  startAgain(): void;
}

/** Runs save where they are before the program ends; it waits for them, and they go on at the next start. */
function quitInOrder(
  opening: Promise<Keeper>,
  endLibrary: () => void,
  log: (line: string) => void,
): Quitting {
  let state: 'running' | 'saving' | 'saved' = 'running';
  let isWantedAgain = false;

  const save = async (): Promise<void> => {
    try {
      await (await opening).shutdown();
    } catch (error) {
      // Told already where the keeper could not be opened; checkpoints of the runs are there in any case.
      log(`ending: ${String(error)}`);
    }
    endLibrary();
    state = 'saved';
    if (isWantedAgain) app.relaunch();
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'saved') return;
    event.preventDefault();
    if (state === 'saving') return;
    state = 'saving';
    BrowserWindow.getAllWindows().forEach((window) => window.setTitle('Cellsmith – saving experiments …'));
    void save();
  });
  // The computer waits a little where it is asked to.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  });
  return { hasBegun: () => state !== 'running', startAgain: () => void (isWantedAgain = true) };
}
