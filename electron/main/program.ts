/** What must be settled before Electron is ready: names, the window's scheme, and that one program runs per home. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app } from 'electron';
import { homeFolder } from '../../headless/host/homeFolder.ts';
import { registerAppScheme } from './appScheme.ts';
import { homeOption } from './commandLine.ts';
import { runDesktop } from './desktop.ts';

/** @param programs folder of the bundles; the window's files lie beside it */
export function startProgram(argv: readonly string[], programs: string): void {
  app.setName('Cellsmith');
  if (process.platform === 'linux') app.setDesktopName('cellsmith.desktop');
  registerAppScheme();

  const home = homeFolder(homeOption(argv));
  if (home !== homeFolder(undefined, '')) {
    // One program per home, not one per computer: the lock, and where the window was, lie in this folder.
    const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
    app.setPath('userData', join(app.getPath('userData'), 'homes', name));
  }
  if (!app.requestSingleInstanceLock()) {
    // The other one has been told, and comes to the front.
    app.quit();
    return;
  }
  void app.whenReady().then(() => runDesktop({ home, programs, window: join(programs, '..', 'renderer') }));
}
