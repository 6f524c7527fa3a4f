/** A whole browser host, from the home's lock to the printed address, and back. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CellsmithError } from '../../core/base/errors.ts';
import { systemClock } from '../host/clock.ts';
import { openKeeper } from '../services/keeper/keeper.ts';
import type { ProcessHost } from '../services/processHost.ts';
import { libraryLink } from './libraryLink.ts';
import type { RunningServer, ServerOptions } from './server.ts';
import { startServer } from './server.ts';

export interface ServeOptions {
  readonly home: string;
  /** All of this home. */
  readonly processes: ProcessHost;
  /** 0 for any that is free. */
  readonly port: number;
  /** The folder of the built window; that of this installation where left out. */
  readonly renderer?: string;
  readonly say: (text: string) => void;
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  /** Lets runs save, and ends everything. */
  close(): Promise<void>;
}

const BUILT = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** @throws CellsmithError `no-window`, `home-in-use`, `port-taken`, and the disk's errors */
export async function serveCellsmith({
  home,
  processes,
  port,
  renderer,
  say,
}: ServeOptions): Promise<Serving> {
  const folder = resolve(renderer ?? BUILT);
  const library = libraryLink(processes, say);
  try {
    await requireWindow(folder);
    const keeper = await openKeeper({ home, processes, now: systemClock.now });
    const server = await openServer({ home, port, renderer: folder, keeper, library });
    return {
      url: server.url,
      port: server.port,
      async close() {
        const runs = keeper.processes().filter(({ state }) => state.kind === 'working').length;
        if (runs > 0) say(`Saving ${runs === 1 ? 'the run' : `${runs} runs`} at work …`);
        await keeper.shutdown();
        await server.close();
        await library.close();
      },
    };
  } catch (error) {
    await library.close();
    throw error;
  }
}

/** Serves, and goes on with the runs that were at work. */
async function openServer(options: ServerOptions): Promise<RunningServer> {
  try {
    const server = await startServer(options);
    await options.keeper.resumeActive();
    return server;
  } catch (error) {
    await options.keeper.shutdown();
    throw error;
  }
}

async function requireWindow(folder: string): Promise<void> {
  const there = await stat(join(folder, 'index.html')).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (there) return;
  throw new CellsmithError(
    'no-window',
    `${folder} does not hold the built window (there is no index.html).`,
    'Build it with: npm run build',
  );
}
