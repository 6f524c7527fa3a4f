/** The desktop program under the real Electron, where that is installed: page, rights, ports, content policy. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLES, buildDesktop, ROOT, WINDOW } from '../../electron/build.mjs';
import { findElectron } from '../../electron/electronBinary.mjs';
import { isStale } from '../../headless/loading/freshness.mjs';

const program = findElectron(join(ROOT, 'node_modules', 'electron'));
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const missing =
  program === undefined
    ? 'Electron is not installed here (npx install-electron)'
    : !hasDisplay
      ? 'there is no display (xvfb-run gives one)'
      : isStale(join(WINDOW, 'index.html'), [])
        ? 'the window is not built (npm run build)'
        : undefined;

let home = '';
let running: ElectronApplication | undefined;
let opened: Page | undefined;
const problems: string[] = [];

beforeAll(async () => {
  if (missing !== undefined) return;
  await buildDesktop();
  home = await mkdtemp(join(tmpdir(), 'cellsmith-real-'));
  // Chromium's sandbox does not start for root.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  running = await _electron.launch({
    executablePath: program,
    args: [...root, join(BUNDLES, 'main.js'), '--home', home],
  });
  opened = await running.firstWindow();
  opened.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  opened.on('pageerror', (error) => problems.push(error.message));
});
afterAll(async () => {
  await running?.close();
  if (home !== '') await rm(home, { recursive: true, force: true });
});
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing);
});

function page(): Page {
  if (opened === undefined) throw new Error('no window was opened');
  return opened;
}

describe('under the real Electron', () => {
  it('the window shows its first page, with what the library says', async () => {
    await page().getByRole('navigation').first().waitFor();
    expect(page().url()).toMatch(/^app:\/\/cellsmith\/index\.html/);
    await page().getByRole('heading').first().waitFor();
  });

  it('the page has no Node, and of the desktop two functions', async () => {
    const found = await page().evaluate(() => {
      const all = globalThis as typeof globalThis & Record<string, object | undefined>;
      return {
        node: [typeof all.require, typeof all.process, typeof all.Buffer],
        desktop: Object.keys(all.cellsmithDesktop ?? {}).sort(),
      };
    });
    expect(found).toEqual({
      node: ['undefined', 'undefined', 'undefined'],
      desktop: ['pathOfFile', 'requestPorts'],
    });
  });

  it('the page cannot leave, open windows, read files or run words', async () => {
    const before = page().url();
    const found = await page().evaluate(async () => {
      const all = globalThis as typeof globalThis & {
        open(url: string): unknown;
        location: { href: string };
      };
      const outside = await fetch('app://cellsmith/%2e%2e/package.json').then(
        ({ status }) => status,
        () => 'refused',
      );
      const opened = all.open('https://example.org/');
      all.location.href = 'https://example.org/';
      return { outside, opened: opened === null };
    });
    expect(found).toEqual({ outside: 404, opened: true });
    expect(page().url()).toBe(before);
  });

  it('nothing was said against the content policy, and nothing went wrong', () => {
    expect(problems.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
