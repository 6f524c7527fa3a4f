/** Entry of the desktop program: what must be settled before Electron is ready. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { app } from 'electron';
import { homeFolder } from '../../headless/services/home.ts';
import { registerAppScheme } from './appScheme.ts';
import { homeOption } from './commandLine.ts';
import { runDesktop } from './desktop.ts';

app.setName('Cellsmith');
if (process.platform === 'linux') app.setDesktopName('cellsmith.desktop');
registerAppScheme();

const home = homeFolder(homeOption(process.argv));
if (home !== homeFolder(undefined, '')) {
  // One program per home, not one per computer: the lock, and where the window was, lie in this folder.
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  app.setPath('userData', join(app.getPath('userData'), 'homes', name));
}

if (app.requestSingleInstanceLock()) {
  const programs = import.meta.dirname;
  void app.whenReady().then(() => runDesktop({ home, programs, window: join(programs, '..', 'renderer') }));
} else {
  // The other one has been told, and comes to the front.
  app.quit();
}
