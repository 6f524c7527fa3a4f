/** A port whose wire comes later: what is posted before waits for it. */
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';

export interface LaterPort {
  readonly port: Port;
  /** The wire is there. */
  connect(wire: Port): void;
  /** There will be no wire, or it is gone. */
  closed(): void;
}

export function laterPort(): LaterPort {
  let wire: Port | undefined;
  let waiting: unknown[] = [];
  let isClosed = false;
  const end = portEnd(
    (message) => (wire === undefined ? void waiting.push(message) : wire.post(message)),
    () => {
      isClosed = true;
      wire?.close();
    },
  );
  return {
    port: end.port,
    connect(connected) {
      if (isClosed) return connected.close();
      wire = connected;
      connected.listen(end.receive);
      connected.onClose(end.closed);
      waiting.forEach((message) => connected.post(message));
      waiting = [];
    },
    closed: end.closed,
  };
}
