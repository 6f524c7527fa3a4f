/**
 * The only code between the isolated page and the main process. It forwards ports, and tells where dropped files lie.
 *
 * The page calls `cellsmithDesktop.requestPorts()`. What it gets is one `message` event of its own window, with
 * `event.source === window`, `event.data` `{ cellsmith: 'ports' }`, and two ports: `event.ports[0]` to the library
 * (`core/protocol/libraryApi.ts`), `event.ports[1]` to the host (`hostApi.ts`). A port that closes means that its service
 * is gone: the page drops both and asks again. Each call gives a new pair; the old ones go on until they are closed.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** The same word in `main/ports.ts`; nothing may be imported here but types. */
const CHANNEL = 'ports';

ipcRenderer.on(CHANNEL, ({ ports }) => {
  window.postMessage({ cellsmith: 'ports' }, window.location.origin, ports);
});

contextBridge.exposeInMainWorld('cellsmithDesktop', {
  requestPorts(): void {
    ipcRenderer.send(CHANNEL);
  },
  pathOfFile(file: File): string {
    return webUtils.getPathForFile(file);
  },
});
