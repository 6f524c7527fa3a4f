/** What every port keeps book of: messages that nobody listens to yet, and that it closes once. */
import type { Port } from './port.ts';

export interface PortEnd {
  readonly port: Port;
  /** For the wire: a message arrived. */
  receive(message: unknown): void;
  /** For the wire: it is gone. */
  closed(): void;
}

/**
 * @param send puts a message on the wire; not called once the port is closed
 * @param close closes the wire; called at most once, and not where the wire was gone first
 */
export function portEnd(send: (message: unknown) => void, close: () => void): PortEnd {
  let isOpen = true;
  let listener: ((message: unknown) => void) | undefined;
  let early: unknown[] = [];
  let closeListeners: (() => void)[] = [];

  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    const all = closeListeners;
    closeListeners = [];
    all.forEach((tell) => tell());
  };

  return {
    receive(message) {
      if (!isOpen) return;
      if (listener === undefined) early.push(message);
      else listener(message);
    },
    closed: end,
    port: {
      post(message) {
        if (isOpen) send(message);
      },
      listen(onMessage) {
        listener = onMessage;
        const waiting = early;
        early = [];
        waiting.forEach(onMessage);
      },
      onClose(tell) {
        if (isOpen) closeListeners.push(tell);
        else tell();
      },
      close() {
        if (!isOpen) return;
        close();
        end();
      },
    },
  };
}
