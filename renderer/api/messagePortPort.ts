/** A port over a MessagePort, as the desktop hands them to its window. */
import type { Port } from '../../core/protocol/port.ts';

export function messagePortPort(port: MessagePort): Port {
  let onClose: (() => void) | undefined;
  let isClosed = false;
  const closed = (): void => {
    if (isClosed) return;
    isClosed = true;
    onClose?.();
  };
  port.addEventListener('close', closed);
  return {
    post: (message) => port.postMessage(message),
    listen(onMessage) {
      port.addEventListener('message', ({ data }) => onMessage(data));
      port.start();
    },
    onClose(callback) {
      onClose = callback;
      if (isClosed) callback();
    },
    close() {
      port.close();
      closed();
    },
  };
}
