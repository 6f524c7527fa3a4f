/** The browser host: files of the window over HTTP, library and host over WebSockets, for this computer alone. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CellsmithError } from '../../core/base/errors.ts';
import { systemCode } from '../host/diskErrors.ts';
import { APP_VERSION } from '../host/version.ts';
import type { Keeper } from '../services/keeper/keeper.ts';
import { serveHost } from '../services/keeper/hostService.ts';
import { SECURITY_HEADERS, staticAnswer } from '../services/staticFiles.ts';
import type { Access } from './access.ts';
import { createAccess } from './access.ts';
import { browserActions } from './browserActions.ts';
import type { LibraryLink } from './libraryLink.ts';
import { joinLibrary, keepAlive, LARGEST_FRAME, portOfSocket } from './sockets.ts';

const ADDRESS = '127.0.0.1';
const LIBRARY = '/api/library';
const HOST = '/api/host';

export interface ServerOptions {
  readonly home: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** The folder of the window's files. */
  readonly renderer: string;
  readonly keeper: Keeper;
  readonly library: LibraryLink;
}

export interface RunningServer {
  readonly port: number;
  /** The address that lets one browser in. */
  readonly url: string;
  close(): Promise<void>;
}

/** @throws CellsmithError `port-taken`, `port-denied` */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { home, renderer, keeper, library } = options;
  const server = createServer();
  const opening = openPort(server, options);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
  });
  const hello = { app: APP_VERSION, kind: 'browser', platform: process.platform, home } as const;

  server.on('request', (request, response) => {
    void opening.then(
      ({ access }) => answer(request, response, access, renderer),
      () => response.destroy(),
    );
  });
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer, access: Access): void => {
    const refusal = refuseUpgrade(request, access);
    if (refusal !== undefined) {
      stream.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n${refusal}\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      if (pathOf(request) === LIBRARY) joinLibrary(socket, library);
      else serveHost(portOfSocket(socket), keeper, hello, browserActions);
    });
  };
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // One that is gone before it was answered.
    stream.on('error', () => stream.destroy());
    void opening.then(
      ({ access }) => upgrade(request, stream, head, access),
      () => stream.destroy(),
    );
  });
  const { port, access } = await opening;
  const stopPings = keepAlive(() => sockets.clients);

  return {
    port,
    url: `http://${ADDRESS}:${port}/?token=${access.token}`,
    async close() {
      stopPings();
      sockets.clients.forEach((socket) => socket.terminate());
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Whoever knocks as soon as the port is open, such as a window that lost its server, waits until this is done. */
async function openPort(
  server: Server,
  { home, port: wanted }: ServerOptions,
): Promise<{ readonly port: number; readonly access: Access }> {
  const port = await listen(server, wanted);
  try {
    return { port, access: await createAccess(home, port) };
  } catch (error) {
    server.close();
    throw error;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  renderer: string,
): Promise<void> {
  const say = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): void => {
    const all = {
      ...SECURITY_HEADERS,
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
    };
    response.writeHead(status, { ...all, ...headers });
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
  };
  const { host, origin, cookie } = request.headers;
  if (!access.isOurHost(host)) return say(403, 'This server answers to names of this computer only.');
  if (origin !== undefined && !access.isOurOrigin(origin))
    return say(403, 'This server answers its own pages only.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(405, 'Only GET and HEAD are answered.', { allow: 'GET, HEAD' });
  const url = urlOf(request);
  const token = url?.searchParams.get('token');
  if (url?.pathname === '/' && typeof token === 'string') {
    // An address that was opened before is good for the browser that it let in.
    const known = access.isKnown(cookie);
    if (request.method === 'HEAD' && !known) return say(403, NOT_KNOWN);
    if (known || access.useToken(token)) {
      return say(303, 'Come in.', { location: '/', ...(known ? {} : { 'set-cookie': access.setCookie }) });
    }
    return say(403, 'This address was used before, or is not the one that was printed last.');
  }
  if (!access.isKnown(cookie)) return say(403, NOT_KNOWN);
  const { status, headers, body } = await staticAnswer(renderer, url?.pathname ?? '');
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const NOT_KNOWN = 'Open the address that cellsmith serve has printed.';

/** @returns why not; undefined where it may */
function refuseUpgrade(request: IncomingMessage, access: Access): string | undefined {
  const { host, origin, cookie } = request.headers;
  if (!access.isOurHost(host)) return 'This server answers to names of this computer only.';
  // Browsers always send it with a WebSocket.
  if (origin === undefined || !access.isOurOrigin(origin)) return 'This server answers its own pages only.';
  if (!access.isKnown(cookie)) return NOT_KNOWN;
  const path = pathOf(request);
  return path === LIBRARY || path === HOST ? undefined : 'There is nothing here.';
}

const pathOf = (request: IncomingMessage): string | undefined => urlOf(request)?.pathname;

function urlOf({ url = '' }: IncomingMessage): URL | undefined {
  try {
    return new URL(url, `http://${ADDRESS}`);
  } catch {
    return undefined;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, port)));
    server.listen({ port, host: ADDRESS, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenError(error: Error, port: number): unknown {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new CellsmithError(
        'port-taken',
        `Another program uses port ${port} of this computer.`,
        'Give another with --port, or leave --port out for one that is free.',
      );
    case 'EACCES':
      return new CellsmithError(
        'port-denied',
        `This user may not use port ${port}.`,
        'Give one above 1023 with --port, or leave --port out for one that is free.',
      );
    default:
      return error;
  }
}
