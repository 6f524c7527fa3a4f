/** The one thing a page may ask of the main process, and who may ask. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { servePorts } from '../../../electron/main/ports.ts';
import { ipcMain, resetElectron } from '../double/electron.ts';
import type { PortDouble } from '../double/ports.ts';

vi.mock('electron', () => import('../double/electron.ts'));

let library: PortDouble[] = [];
let host: PortDouble[] = [];
let lines: string[] = [];

beforeEach(() => {
  resetElectron();
  [library, host, lines] = [[], [], []];
  servePorts({
    connectLibrary: (port) => library.push(port as never),
    connectHost: (port) => host.push(port as never),
    log: (line) => lines.push(line),
  });
});

const frameOf = (url: string) => ({ url, postMessage: vi.fn() });
const heard = (port: PortDouble): Promise<unknown> =>
  new Promise((resolve) => {
    port.on('message', ({ data }: { data: unknown }) => resolve(data));
    port.start();
  });

describe('a page that asks for ports', () => {
  it('gets one to the library and one to the host, in this order', async () => {
    const frame = frameOf('app://cellsmith/index.html#/runs');
    ipcMain.emit('ports', { senderFrame: frame, sender: { mainFrame: frame } });
    const [channel, message, ports] = frame.postMessage.mock.calls[0] as [string, unknown, PortDouble[]];
    expect([channel, message, ports.length]).toEqual(['ports', undefined, 2]);
    ports[0].postMessage('to the library');
    ports[1].postMessage('to the host');
    expect(await heard(library[0])).toBe('to the library');
    expect(await heard(host[0])).toBe('to the host');
  });

  it('gets new ones each time', () => {
    const frame = frameOf('app://cellsmith/index.html');
    for (let i = 0; i < 2; i++) ipcMain.emit('ports', { senderFrame: frame, sender: { mainFrame: frame } });
    expect(new Set(library).size).toBe(2);
  });

  it.each([
    ['comes from elsewhere', 'https://example.org/', true],
    ['has a host that is not ours', 'app://elsewhere/index.html', true],
    ['is shown inside ours', 'app://cellsmith/index.html', false],
    ['has no address', 'about:blank', true],
  ])('is refused when it %s', (_why, url, isMain) => {
    const frame = frameOf(url);
    const mainFrame = isMain ? frame : frameOf('app://cellsmith/index.html');
    ipcMain.emit('ports', { senderFrame: frame, sender: { mainFrame } });
    expect(frame.postMessage).not.toHaveBeenCalled();
    expect([library, host]).toEqual([[], []]);
    expect(lines).toEqual([`refused ports to ${url}`]);
  });

  it('is refused when it has gone meanwhile', () => {
    ipcMain.emit('ports', { senderFrame: null, sender: { mainFrame: frameOf('app://cellsmith/') } });
    expect(library).toEqual([]);
    expect(lines).toEqual(['refused ports to a page that is gone']);
  });
});

describe('the main process', () => {
  it('listens on no other channel', () => {
    expect(ipcMain.eventNames()).toEqual(['ports']);
  });
});
