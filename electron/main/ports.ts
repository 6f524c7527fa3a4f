/** The one thing a page may ask of the main process: ports to the library and to the host. */
import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { isAppAddress } from './appScheme.ts';
import type { Log } from './log.ts';

/** The same word in the preload script. */
export const PORTS_CHANNEL = 'ports';

export interface PortsOptions {
  /** Takes the library's end. */
  connectLibrary(port: MessagePortMain): void;
  /** Takes the host's end. */
  connectHost(port: MessagePortMain): void;
  readonly log: Log;
}

export function servePorts({ connectLibrary, connectHost, log }: PortsOptions): void {
  ipcMain.on(PORTS_CHANNEL, (event) => {
    const frame = event.senderFrame;
    if (frame === null || !isOwnPage(event)) {
      log(`refused ports to ${frame?.url ?? 'a page that is gone'}`);
      return;
    }
    const library = new MessageChannelMain();
    const host = new MessageChannelMain();
    connectLibrary(library.port1);
    connectHost(host.port1);
    frame.postMessage(PORTS_CHANNEL, undefined, [library.port2, host.port2]);
  });
}

/** The page itself: not one that it shows inside, not one that has come in its place. */
function isOwnPage({ senderFrame, sender }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isAppAddress(senderFrame.url);
}
