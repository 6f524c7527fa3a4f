/** A port over a WebSocket: JSON text frames. */
import type { Port } from '../../core/protocol/port.ts';

/** A server that takes so long to let a window in is tried anew. */
const OPEN_MS = 15_000;

/** Resolves once it is open. @throws when it cannot be opened */
export function webSocketPort(url: string): Promise<Port> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const patience = setTimeout(() => socket.close(), OPEN_MS);
    const kept: unknown[] = [];
    let listener: ((message: unknown) => void) | undefined;
    let onClose: (() => void) | undefined;
    let isClosed = false;
    socket.addEventListener('message', ({ data }) => {
      const message: unknown = JSON.parse(String(data));
      if (listener === undefined) kept.push(message);
      else listener(message);
    });
    socket.addEventListener('close', () => {
      clearTimeout(patience);
      reject(new Error('the connection was refused'));
      if (isClosed) return;
      isClosed = true;
      onClose?.();
    });
    socket.addEventListener('open', () => {
      clearTimeout(patience);
      resolve({
        post(message) {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
        },
        listen(onMessage) {
          listener = onMessage;
          kept.splice(0).forEach(onMessage);
        },
        onClose(callback) {
          onClose = callback;
          if (isClosed) callback();
        },
        close: () => socket.close(),
      });
    });
  });
}
