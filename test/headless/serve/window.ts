/** A window without a page: signs in at a running server and speaks with library and host over real WebSockets. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { hostApi } from '../../../core/protocol/hostApi.ts';
import type { RunProcess } from '../../../core/protocol/hostApi.ts';
import { libraryApi } from '../../../core/protocol/libraryApi.ts';
import { portEnd } from '../../../core/protocol/portEnd.ts';
import type { Port } from '../../../core/protocol/port.ts';
import type { Client } from '../../../core/protocol/rpc.ts';
import { connect } from '../../../core/protocol/rpc.ts';
import type { Serving } from '../../../headless/serve/serve.ts';
import { forkHost } from '../../../headless/serve/forkHost.ts';
import { serveCellsmith } from '../../../headless/serve/serve.ts';

export interface Place {
  readonly home: string;
  readonly renderer: string;
  remove(): Promise<void>;
}

/** A home, and the files of a window with a secret beside them. */
export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'cellsmith-serve-'));
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(renderer, 'index.html'), '<!doctype html>window');
  await writeFile(join(renderer, 'assets', 'index-a1b2.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  return {
    home: join(folder, 'home'),
    renderer,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @param said gets what the server tells the terminal */
export function serveAt({ home, renderer }: Place, port = 0, said: string[] = []): Promise<Serving> {
  return serveCellsmith({ home, processes: forkHost(home), renderer, port, say: (text) => said.push(text) });
}

/** Opens the printed address. @returns the cookie */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (response.status !== 303 || cookie === undefined) throw new Error(`not let in: ${response.status}`);
  return cookie;
}

export interface SocketHeaders {
  readonly cookie?: string;
  readonly origin?: string;
  readonly host?: string;
}

/** @returns an open socket. @throws Error with the status where it is refused */
export function openSocket(port: number, path: string, headers: SocketHeaders): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { ...headers } });
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}

export function portOfWindow(socket: WebSocket): Port {
  const end = portEnd(
    (message) => socket.send(JSON.stringify(message)),
    () => socket.close(),
  );
  socket.on('message', (data: Buffer) => end.receive(JSON.parse(data.toString('utf8'))));
  socket.on('close', () => end.closed());
  return end.port;
}

export interface Window {
  readonly library: Client<typeof libraryApi>;
  readonly host: Client<typeof hostApi>;
  /** Everything that was told of processes, in order. */
  readonly told: readonly RunProcess[];
  /** Resolves once something told is what is waited for, from now on or before. */
  until(seen: (process: RunProcess) => boolean): Promise<RunProcess>;
  close(): void;
}

export async function openWindow(port: number, cookie: string): Promise<Window> {
  const headers = { cookie, origin: `http://127.0.0.1:${port}` };
  const [library, host] = await Promise.all(
    ['/api/library', '/api/host'].map((path) => openSocket(port, path, headers)),
  );
  const hostClient = connect(portOfWindow(host), hostApi);
  const told: RunProcess[] = [];
  const waiting = new Set<() => void>();
  hostClient.on('process', (process) => {
    told.push(process);
    waiting.forEach((look) => look());
  });
  return {
    library: connect(portOfWindow(library), libraryApi),
    host: hostClient,
    told,
    until: (seen) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = told.find(seen);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close() {
      library.close();
      host.close();
    },
  };
}
