/** The window: what its page may not do, where it opens, how it looks before the page is drawn. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { focusWindow, openWindow } from '../../../electron/main/window.ts';
import { ROOT } from '../../../electron/build.mjs';
import { BrowserWindow, nativeTheme, recorded, resetElectron } from '../double/electron.ts';

vi.mock('electron', () => import('../double/electron.ts'));

let folder = '';
const lines: string[] = [];

beforeEach(async () => {
  resetElectron();
  lines.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-window-'));
  recorded.paths.userData = folder;
});
afterEach(() => rm(folder, { recursive: true }));

function open(): BrowserWindow {
  openWindow({
    preload: '/programs/preload.cjs',
    icon: '/programs/icon.png',
    log: (line) => lines.push(line),
  });
  const window = BrowserWindow.getAllWindows().at(-1);
  if (window === undefined) throw new Error('no window was opened');
  return window;
}

describe('the window', () => {
  it('is isolated, sandboxed, and without Node anywhere in it', () => {
    expect(open().options.webPreferences).toMatchObject({
      preload: '/programs/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('loads the page of its own scheme, and is shown once there is something to see', () => {
    const window = open();
    expect(window.url).toBe('app://cellsmith/index.html');
    expect(window.options.icon).toBe('/programs/icon.png');
    expect([window.options.show, window.isShown]).toEqual([false, false]);
    window.emit('ready-to-show');
    expect(window.isShown).toBe(true);
  });

  it('has the background of the page, light and dark', async () => {
    const tokens = await readFile(join(ROOT, 'renderer/styles/tokens.css'), 'utf8');
    const window = open();
    const light = window.background;
    nativeTheme.shouldUseDarkColors = true;
    nativeTheme.emit('updated');
    const dark = window.background;
    expect(tokens).toContain(`--bg: ${light};`);
    expect(tokens).toContain(`--bg: ${dark};`);
    expect(light).not.toBe(dark);
  });

  it('no longer follows the theme once it is closed', () => {
    const window = open();
    window.close();
    expect(nativeTheme.listenerCount('updated')).toBe(0);
    expect(window.background).toBe(window.options.backgroundColor);
  });

  it('opens where it was, and as large', () => {
    const first = open();
    first.bounds = { x: 100, y: 120, width: 1000, height: 700 };
    first.maximised = true;
    first.close();
    const second = open();
    expect(second.options).toMatchObject({ x: 100, y: 120, width: 1000, height: 700 });
    expect(second.maximised).toBe(true);
  });

  it.each([
    ['beside every screen', { x: 3000, y: 0, width: 1000, height: 700 }],
    ['with its title bar above the screen', { x: 0, y: -50, width: 1000, height: 700 }],
    ['with a corner too small to take hold of', { x: 1900, y: 1060, width: 1000, height: 700 }],
  ])('opens where the system puts it, when it was %s', (_where, bounds) => {
    const first = open();
    first.bounds = bounds;
    first.close();
    expect(open().options).not.toHaveProperty('x');
  });

  it.each([
    'not JSON',
    '{"format":2}',
    '{"format":1,"bounds":{"x":0,"y":0,"width":0,"height":1},"isMaximised":false}',
  ])('opens all the same where its place is kept as %s', async (text) => {
    await writeFile(join(folder, 'window.json'), text);
    expect(open().options).toMatchObject({ width: 1360, height: 880 });
  });

  it('closes all the same where its place cannot be kept', () => {
    recorded.paths.userData = join(folder, 'missing');
    expect(open().close()).toBe(true);
    expect(lines.join()).toContain('place was not kept');
  });

  it('loads a page again that has crashed, but not for ever', () => {
    const { webContents } = open();
    for (let i = 0; i < 10; i++) webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(webContents.reloads).toBe(3);
    expect(lines[0]).toContain('crashed');
  });

  it('does not load a page again that was closed', () => {
    const { webContents } = open();
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(webContents.reloads).toBe(0);
  });

  it('comes to the front from the taskbar', () => {
    const window = open();
    window.minimised = true;
    focusWindow(window as never);
    expect([window.minimised, window.isShown, BrowserWindow.getFocusedWindow()]).toEqual([
      false,
      true,
      window,
    ]);
  });
});
