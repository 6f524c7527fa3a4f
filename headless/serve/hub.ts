/** Many connections over one port: windows reach the library's process through the server's channel to it. */
import { z } from 'zod';
import type { Port } from '../../core/protocol/port.ts';
import type { PortEnd } from '../../core/protocol/portEnd.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';

/** Frames travel as the text they came in: the server does not look into them. */
const Packet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), id: z.int() }),
  z.object({ kind: z.literal('frame'), id: z.int(), text: z.string() }),
  z.object({ kind: z.literal('close'), id: z.int() }),
]);
type Packet = z.infer<typeof Packet>;

export interface Spoke {
  send(text: string): void;
  close(): void;
}

/** The server's end. */
export interface Hub {
  /** @param onFrame text for the window, @param onClose once, when the process closes the connection or is gone */
  open(onFrame: (text: string) => void, onClose: () => void): Spoke;
}

/** A connection to a process that is gone: closed as soon as it was opened. */
export function closedSpoke(onClose: () => void): Spoke {
  queueMicrotask(onClose);
  return { send: () => undefined, close: () => undefined };
}

export function hub(port: Port): Hub {
  const spokes = new Map<number, { onFrame(text: string): void; onClose(): void }>();
  let last = 0;
  let isClosed = false;
  const post = (packet: Packet): void => port.post(packet);
  port.listen((message) => {
    const packet = Packet.safeParse(message);
    if (!packet.success) return;
    const spoke = spokes.get(packet.data.id);
    if (packet.data.kind === 'frame') return spoke?.onFrame(packet.data.text);
    spokes.delete(packet.data.id);
    spoke?.onClose();
  });
  port.onClose(() => {
    isClosed = true;
    const all = [...spokes.values()];
    spokes.clear();
    all.forEach(({ onClose }) => onClose());
  });
  return {
    open(onFrame, onClose) {
      // The process is gone, and whoever holds it has not heard of it yet: nobody would tell this one.
      if (isClosed) return closedSpoke(onClose);
      const id = ++last;
      spokes.set(id, { onFrame, onClose });
      post({ kind: 'open', id });
      return {
        send: (text) => post({ kind: 'frame', id, text }),
        close() {
          if (spokes.delete(id)) post({ kind: 'close', id });
        },
      };
    },
  };
}

/** The process's end: a port for each connection. */
export function spokes(port: Port, onConnection: (port: Port) => void): void {
  const open = new Map<number, PortEnd>();
  const post = (packet: Packet): void => port.post(packet);
  port.listen((message) => {
    const packet = Packet.safeParse(message);
    if (!packet.success) return;
    const { id } = packet.data;
    switch (packet.data.kind) {
      case 'open': {
        const end = portEnd(
          (value) => post({ kind: 'frame', id, text: JSON.stringify(value) }),
          () => {
            open.delete(id);
            post({ kind: 'close', id });
          },
        );
        open.set(id, end);
        return onConnection(end.port);
      }
      case 'frame': {
        const value = parseFrame(packet.data.text);
        return value === undefined ? undefined : open.get(id)?.receive(value);
      }
      case 'close': {
        const end = open.get(id);
        open.delete(id);
        return end?.closed();
      }
    }
  });
  port.onClose(() => {
    const all = [...open.values()];
    open.clear();
    all.forEach((end) => end.closed());
  });
}

/** A frame as data; undefined for what is no JSON. */
export function parseFrame(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
