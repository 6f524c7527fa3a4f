/** What a file of browser tests works with: a home, a browser, servers; all ended after its last test. */
import type { Browser, Cookie } from 'playwright-core';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import {
  CHROMIUM,
  HOOK_MS,
  NO_CHROMIUM,
  launchBrowser,
  openWindow,
  removeHome,
  startServer,
  temporaryHome,
} from './harness.ts';
import type { Server, Window, WindowOptions } from './harness.ts';

export interface Desk {
  readonly home: string;
  /** The first server is the one that `open` goes to. */
  readonly server: Server;
  readonly browser: Browser;
  /**
   * A window for one test, closed after it. The first takes the server's one-time token; each is as one of another
   * browser that has the cookie.
   */
  open(options?: WindowOptions): Promise<Window>;
  /** Another server in the place of the first. */
  serve(options?: readonly string[]): Promise<Server>;
}

/** What a window showed when its test failed. */
async function picture({ page }: Window): Promise<void> {
  if (page.isClosed()) return;
  const path = join(tmpdir(), `cellsmith-failed-${Date.now()}.png`);
  await page.screenshot({ path });
  console.log(`the window as it was: ${path}`);
}

/**
 * Registers the hooks of a file; its tests are left out, with the reason, where there is no Chromium.
 * @param prepare fills the home before the server starts
 */
export function useDesk(prepare: (home: string) => Promise<void> = () => Promise.resolve()): Desk {
  let home = '';
  let server: Server | undefined;
  let browser: Browser | undefined;
  let cookies: Cookie[] = [];
  const there = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error('only within a test');
    return thing;
  };

  beforeAll(async () => {
    if (CHROMIUM === undefined) return;
    home = await temporaryHome();
    await prepare(home);
    browser = await launchBrowser();
    server = await startServer(home);
  }, HOOK_MS);

  beforeEach(({ skip }) => skip(CHROMIUM === undefined, NO_CHROMIUM));

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (home !== '') await removeHome(home);
  }, HOOK_MS);

  return {
    get home() {
      return home;
    },
    get server() {
      return there(server);
    },
    get browser() {
      return there(browser);
    },
    async open(options = {}) {
      const { url } = there(server);
      const window = await openWindow(there(browser), cookies.length === 0 ? url : new URL('/', url).href, {
        cookies,
        ...options,
      });
      cookies = await window.context.cookies();
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await picture(window);
        await window.context.close();
      });
      return window;
    },
    async serve(options) {
      const port = server?.port;
      server = await startServer(home, options);
      // A cookie is good for one port.
      if (server.port !== port) cookies = [];
      return server;
    },
  };
}
