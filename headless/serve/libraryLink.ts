/** The library's process as the server holds it: started again when it dies; windows connect again by themselves. */
import type { ProcessHost } from '../services/processHost.ts';
import { endInWords } from '../host/processEnd.ts';
import type { Hub, Spoke } from './hub.ts';
import { closedSpoke, hub } from './hub.ts';

/** Before it is started again; doubles while it dies without living long. */
const FIRST_MS = 100;
const LONGEST_MS = 10_000;
const LIVED_MS = 30_000;
/** It writes one file when it ends. */
const PATIENCE_MS = 5000;

export interface LibraryLink {
  /** @param onClose once: also where the process is about to be started again */
  open(onFrame: (text: string) => void, onClose: () => void): Spoke;
  /** Ends it. @returns once its process has written what it keeps and is gone, or takes too long over it */
  close(): Promise<void>;
}

/** @param say tells the person at the terminal that it died */
export function libraryLink(processes: ProcessHost, say: (text: string) => void): LibraryLink {
  let current: { hub: Hub; end(): void; ended: Promise<void> } | undefined;
  let delay = FIRST_MS;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const start = (): void => {
    const began = performance.now();
    const child = processes.fork('library', 'library');
    const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
    const mine = { hub: hub(child.port), end: () => child.port.close(), ended };
    current = mine;
    child.onExit((end) => {
      if (current === mine) current = undefined;
      if (closed) return;
      delay = performance.now() - began > LIVED_MS ? FIRST_MS : Math.min(LONGEST_MS, delay * 2);
      say(`The library's process has gone (${endInWords(end)}); it is started again.`);
      retry = setTimeout(start, delay);
    });
  };
  start();

  return {
    open(onFrame, onClose) {
      if (current !== undefined) return current.hub.open(onFrame, onClose);
      // The window tries again in a moment.
      return closedSpoke(onClose);
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      if (current === undefined) return;
      const { end, ended } = current;
      end();
      await new Promise<void>((resolve) => {
        const patience = setTimeout(resolve, PATIENCE_MS);
        void ended.then(() => (clearTimeout(patience), resolve()));
      });
    },
  };
}
