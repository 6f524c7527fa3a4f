/** Runs the bundled utility processes under a host that is played by the double of Electron. */
import { BrowserWindow, ipcMain } from './double/electron.ts';
import type { PortDouble } from './double/ports.ts';
import { hostApi } from '../../core/protocol/hostApi.ts';
import { libraryApi } from '../../core/protocol/libraryApi.ts';
import { type Client, connect } from '../../core/protocol/rpc.ts';
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';

export interface Page {
  readonly library: Client<typeof libraryApi>;
  readonly host: Client<typeof hostApi>;
}

/** Asks for ports as the preload script does, and connects as the page does. */
export function openPage(): Page {
  const [window] = BrowserWindow.getAllWindows();
  const sender = window.webContents;
  let handed: readonly PortDouble[] = [];
  const frame = Object.assign(sender.mainFrame, {
    postMessage: (_channel: string, _message: unknown, ports: readonly PortDouble[]) => void (handed = ports),
  });
  ipcMain.emit('ports', { sender, senderFrame: frame });
  const [library, host] = handed;
  return { library: connect(pagePort(library), libraryApi), host: connect(pagePort(host), hostApi) };
}

function pagePort(wire: PortDouble): Port {
  const end = portEnd(
    (message) => wire.postMessage(message),
    () => wire.close(),
  );
  wire.on('message', ({ data }: { data: unknown }) => end.receive(data));
  wire.on('close', () => end.closed());
  wire.start();
  return end.port;
}
