/** A port over one of Electron's message ports, in the main process and in utility processes. */
import type { MessagePortMain } from 'electron';
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';

export function portOver(wire: MessagePortMain): Port {
  const end = portEnd(
    (message) => wire.postMessage(message),
    () => wire.close(),
  );
  wire.on('message', ({ data }) => end.receive(data));
  wire.on('close', () => end.closed());
  wire.start();
  return end.port;
}
