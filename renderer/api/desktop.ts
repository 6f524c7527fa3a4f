/** What the desktop's preload gives the window; absent in a browser. */

export interface DesktopBridge {
  /** Where a dropped file lies. */
  pathOfFile(file: File): string;
  /** Asks for a fresh pair of ports; they come as a message event of the window. */
  requestPorts(): void;
}

declare global {
  interface Window {
    readonly cellsmithDesktop?: DesktopBridge;
  }
}

/** Where a dropped file lies; undefined in a browser, which does not tell. */
export function pathOfFile(file: File): string | undefined {
  return window.cellsmithDesktop?.pathOfFile(file);
}

/** @returns the ports to library and host */
export function desktopPorts(bridge: DesktopBridge): Promise<readonly [MessagePort, MessagePort]> {
  return new Promise((resolve) => {
    const receive = ({ source, data, ports }: MessageEvent<unknown>): void => {
      const isOurs =
        typeof data === 'object' && data !== null && 'cellsmith' in data && data.cellsmith === 'ports';
      if (source !== window || !isOurs || ports.length !== 2) return;
      window.removeEventListener('message', receive);
      resolve([ports[0], ports[1]]);
    };
    window.addEventListener('message', receive);
    bridge.requestPorts();
  });
}
