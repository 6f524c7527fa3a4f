/** A port over the channel between a Node process and its child, from either end. */
import type { ChildProcess } from 'node:child_process';
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';

/** A message that cannot be sent any more is one for a process that is gone: its end is told by `onClose`. */
const lost = (): void => undefined;

export function portToChild(child: ChildProcess): Port {
  const end = portEnd(
    (message) => {
      if (child.connected) child.send(message as object, lost);
    },
    () => {
      if (child.connected) child.disconnect();
    },
  );
  child.on('message', (message) => end.receive(message));
  child.on('disconnect', () => end.closed());
  child.on('exit', () => end.closed());
  return end.port;
}

/** In the child: its port to whoever forked it. @throws Error where nobody did */
export function portToParent(): Port {
  if (process.send === undefined) throw new Error('this program is started by cellsmith serve');
  const end = portEnd(
    (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, lost);
    },
    () => {
      if (process.connected) process.disconnect();
    },
  );
  process.on('message', (message) => end.receive(message));
  process.on('disconnect', () => end.closed());
  // Gone while this process was loading: nobody will say so again.
  if (!process.connected) end.closed();
  return end.port;
}
