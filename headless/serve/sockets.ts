/** WebSockets of windows: text frames of JSON, alive as long as they answer pings. */
import type { WebSocket } from 'ws';
import type { Port } from '../../core/protocol/port.ts';
import { portEnd } from '../../core/protocol/portEnd.ts';
import { parseFrame } from './hub.ts';
import type { LibraryLink } from './libraryLink.ts';

/** Kept values may be 4 MB; nothing that a window sends is larger by much. */
export const LARGEST_FRAME = 8 * 2 ** 20;
const PING_MS = 15_000;
/** Says in the close frame that the window should connect again. */
const TRY_AGAIN = 1012;
const NOT_TEXT = 1003;

/** Passes frames on to the library's process without looking into them. */
export function joinLibrary(socket: WebSocket, library: LibraryLink): void {
  const spoke = library.open(
    (text) => socket.send(text, lost),
    () => socket.close(TRY_AGAIN),
  );
  onText(socket, spoke.send);
  socket.on('close', spoke.close);
}

export function portOfSocket(socket: WebSocket): Port {
  const end = portEnd(
    (message) => socket.send(JSON.stringify(message), lost),
    () => socket.close(),
  );
  onText(socket, (text) => {
    const message = parseFrame(text);
    if (message !== undefined) end.receive(message);
  });
  socket.on('close', end.closed);
  return end.port;
}

function onText(socket: WebSocket, take: (text: string) => void): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) return socket.close(NOT_TEXT);
    take(data.toString('utf8'));
  });
  // A broken frame or one too large: ws closes the socket by itself.
  socket.on('error', lost);
}

/** A window that is gone hears of nothing; its socket's end is told by 'close'. */
const lost = (): void => undefined;

/** Ends sockets whose other side has gone without a word, as after a laptop slept. @returns stops */
export function keepAlive(sockets: () => Iterable<WebSocket>, everyMs = PING_MS): () => void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets()) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  }, everyMs);
  return () => clearInterval(timer);
}
