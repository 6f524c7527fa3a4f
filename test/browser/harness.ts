/** A real server and a real browser for a test: started, watched for complaints, ended. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Cookie, Page } from 'playwright-core';
import { root } from '../helpers/sourceImports.ts';

/** The browser's program, or undefined where there is none. */
export const CHROMIUM = [process.env.CELLSMITH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
export const NO_CHROMIUM = 'no Chromium: install it, or name one in CELLSMITH_CHROMIUM';

export const RENDERER = join(root, 'dist/renderer');

export interface Server {
  readonly home: string;
  readonly port: number;
  /** With its one-time token. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** The machine may be busy with other things: what takes seconds by itself is given minutes. */
export const HOOK_MS = 240_000;
export const TEST_MS = 300_000;
const START_MS = 90_000;
const ACTION_MS = 60_000;
const BUILD_FIRST = 'Run `npm run build` first.';

/** A home that lasts for a test. */
export function temporaryHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'cellsmith-browser-'));
}

export async function removeHome(home: string): Promise<void> {
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
}

/** @throws where the built window is missing or older than its sources: it would be tested as it was. */
async function expectBuilt(): Promise<void> {
  const built = join(RENDERER, 'index.html');
  if (!existsSync(built)) throw new Error(`the window is not built: ${RENDERER} is missing. ${BUILD_FIRST}`);
  const builtAt = statSync(built).mtimeMs;
  const entries = await readdir(join(root, 'renderer'), { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.md')) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await stat(path)).mtimeMs <= builtAt) continue;
    throw new Error(`the window is older than ${relative(root, path)}. ${BUILD_FIRST}`);
  }
}

export async function startServer(home: string, options: readonly string[] = []): Promise<Server> {
  await expectBuilt();
  const child = spawn(
    process.execPath,
    [
      join(root, 'headless/bin.mjs'),
      'serve',
      '--home',
      home,
      '--renderer',
      RENDERER,
      '--no-open',
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let words = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address within ${START_MS} ms: ${words}`)), START_MS);
    const read = (data: Uint8Array): void => {
      words += new TextDecoder().decode(data);
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(words);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}: ${words}`)));
  });
  const end = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    home,
    url,
    port: Number(new URL(url).port),
    process: child,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts and violations of the content policy since it was opened. */
  readonly complaints: readonly string[];
}

export interface WindowOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Of a window that was let in. */
  readonly cookies?: readonly Cookie[];
  /** Another page of the same browser. */
  readonly context?: BrowserContext;
}

export async function openWindow(
  browser: Browser,
  url: string,
  options: WindowOptions = {},
): Promise<Window> {
  const { colorScheme = 'light', width = 1280, height = 900 } = options;
  const context =
    options.context ??
    (await browser.newContext({ colorScheme, viewport: { width, height }, reducedMotion: 'reduce' }));
  await context.addCookies(options.cookies ?? []);
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A lost connection is what some tests are about.
    if (message.type() !== 'error' || /WebSocket connection|ERR_CONNECTION/.test(message.text())) return;
    complaints.push(`console: ${message.text()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => complaints.push(`content policy: ${text}`));
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', (e) => window.reportViolation(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))`,
  );
  await page.goto(url);
  return { page, context, complaints };
}
