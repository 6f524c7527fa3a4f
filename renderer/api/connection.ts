/** Keeps the window connected: opens both ports, tries again when they are lost, and tells the store. */
import { hostApi } from '../../core/protocol/hostApi.ts';
import { libraryApi } from '../../core/protocol/libraryApi.ts';
import type { Port } from '../../core/protocol/port.ts';
import { connect } from '../../core/protocol/rpc.ts';
import { useConnection } from '../store/connection.ts';
import { desktopPorts } from './desktop.ts';
import { messagePortPort } from './messagePortPort.ts';
import { attachServices, detachServices } from './services.ts';
import { webSocketPort } from './webSocketPort.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

async function openPorts(): Promise<readonly [library: Port, host: Port]> {
  const bridge = window.cellsmithDesktop;
  if (bridge !== undefined) {
    const [toLibrary, toHost] = await desktopPorts(bridge);
    return [messagePortPort(toLibrary), messagePortPort(toHost)];
  }
  const address = (name: string): string =>
    new URL(`/api/${name}`, location.href.replace(/^http/, 'ws')).href;
  return Promise.all([webSocketPort(address('library')), webSocketPort(address('host'))]);
}

/** Never ends: a window without its program is of no use. */
export function startConnection(): void {
  void keepConnected();
}

async function keepConnected(): Promise<never> {
  let wait = FIRST_WAIT_MS;
  for (;;) {
    try {
      const [toLibrary, toHost] = await openPorts();
      wait = FIRST_WAIT_MS;
      await useUntilLost(toLibrary, toHost);
    } catch {
      // Told below: whatever the reason, the answer is to try again.
    }
    useConnection.getState().lost();
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(LONGEST_WAIT_MS, wait * 1.7);
  }
}

async function useUntilLost(toLibrary: Port, toHost: Port): Promise<void> {
  const library = connect(toLibrary, libraryApi);
  const host = connect(toHost, hostApi);
  try {
    const hello = await host.call('hello', {});
    attachServices(library, host);
    useConnection.getState().opened(hello);
    await Promise.race([library.closed, host.closed]);
  } finally {
    detachServices();
    library.close();
    host.close();
  }
}
