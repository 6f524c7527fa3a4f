/** What pages ask for and do not get: rights, other addresses, windows, downloads. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../../electron/build.mjs';
import { guardContents, guardSession, openLink } from '../../../electron/main/guard.ts';
import { LINKED_HOSTS } from '../../../headless/services/links.ts';
import { app, callsOf, preventable, resetElectron, session } from '../double/electron.ts';
import { ContentsDouble } from '../double/window.ts';
import { filesBelow } from '../../helpers/sourceImports.ts';

vi.mock('electron', () => import('../double/electron.ts'));

const lines: string[] = [];
beforeEach(() => {
  resetElectron();
  lines.length = 0;
  guardSession(session.defaultSession as never);
  guardContents((line) => lines.push(line));
});

const PAGE = 'app://cellsmith/index.html';

function isGranted(permission: string, requestingUrl: string): boolean {
  let granted = false;
  session.defaultSession.handlers.request?.({}, permission, (answer) => (granted = answer), {
    requestingUrl,
  });
  return granted;
}
const isChecked = (permission: string, origin: string): boolean =>
  session.defaultSession.handlers.check?.({}, permission, origin) === true;

describe('a page', () => {
  it.each([
    ...[
      'media',
      'geolocation',
      'notifications',
      'midi',
      'midiSysex',
      'pointerLock',
      'fullscreen',
      'openExternal',
    ],
    ...[
      'clipboard-read',
      'display-capture',
      'fileSystem',
      'hid',
      'serial',
      'usb',
      'idle-detection',
      'unknown',
    ],
  ])('has no right to %s', (permission) => {
    expect([isGranted(permission, PAGE), isChecked(permission, 'app://cellsmith/')]).toEqual([false, false]);
  });

  it('may copy a text, if it is our own', () => {
    const right = 'clipboard-sanitized-write';
    expect([isGranted(right, PAGE), isChecked(right, 'app://cellsmith/')]).toEqual([true, true]);
    expect([isGranted(right, 'https://example.org/'), isChecked(right, '')]).toEqual([false, false]);
  });

  it('gets no device', () => {
    expect(session.defaultSession.handlers.device?.({ deviceType: 'usb' })).toBe(false);
  });

  it('fetches nothing to the disk', () => {
    const event = preventable();
    session.defaultSession.emit('will-download', event, { getURL: () => 'https://example.org/a.exe' });
    expect(event.defaultPrevented).toBe(true);
  });

  it.each(['blob:app://cellsmith/0b1c', 'data:image/png;base64,AA=='])(
    'saves what it made itself (%s) where the person says',
    (url) => {
      const event = preventable();
      const setSaveDialogOptions = vi.fn();
      const item = { getURL: () => url, getFilename: () => 'cell.png', setSaveDialogOptions };
      session.defaultSession.emit('will-download', event, item);
      expect(event.defaultPrevented).toBe(false);
      expect(setSaveDialogOptions).toHaveBeenCalledWith({ defaultPath: join('/downloads', 'cell.png') });
    },
  );
});

describe('any contents', () => {
  function contents(): ContentsDouble {
    const made = new ContentsDouble();
    app.emit('web-contents-created', {}, made);
    return made;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'are kept from %s',
    (name) => {
      const event = preventable({ url: 'https://example.org/' });
      contents().emit(name, event);
      expect(event.defaultPrevented).toBe(true);
    },
  );

  it('are kept from going even to pages of ours, and the log tells', () => {
    const event = preventable({ url: 'app://cellsmith/other.html' });
    contents().emit('will-navigate', event);
    expect(event.defaultPrevented).toBe(true);
    expect(lines).toEqual(['refused to go to app://cellsmith/other.html']);
  });

  it('open no window; links that are known go to the browser', async () => {
    const { openHandler } = contents();
    expect(openHandler?.({ url: 'https://arxiv.org/abs/1806.09055' })).toEqual({ action: 'deny' });
    expect(openHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    await vi.waitFor(() => expect(lines).toEqual(['refused to open https://example.org/']));
    expect(callsOf('shell.openExternal')).toEqual([['https://arxiv.org/abs/1806.09055']]);
  });
});

describe('a link', () => {
  it.each([
    'http://arxiv.org/abs/1806.09055',
    'https://arxiv.org.example.org/',
    'https://example.org/#arxiv.org',
    'https://arxiv.org:8443/',
    'https://me:secret@arxiv.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://arxiv.org/share',
    'app://cellsmith/index.html',
    'nothing',
  ])('is not followed to %s', async (url) => {
    await expect(openLink(url)).rejects.toMatchObject({ code: 'bad-link' });
    expect(callsOf('shell.openExternal')).toEqual([]);
  });

  it('is known for every page that the window links to', async () => {
    const sources = filesBelow('renderer', /\.(tsx?)$/);
    const texts = await Promise.all(sources.map((file) => readFile(join(ROOT, file), 'utf8')));
    const hosts = texts.flatMap((text) =>
      [...text.matchAll(/['"`]https:\/\/([a-z0-9.-]+)/g)].map(([, host]) => host),
    );
    expect(hosts.filter((host) => !LINKED_HOSTS.includes(host))).toEqual([]);
  });
});
