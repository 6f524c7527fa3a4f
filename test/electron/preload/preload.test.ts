/** The preload script: two named functions and the forwarding of ports, nothing else. */
import { EventEmitter } from 'node:events';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, Record<string, (...args: unknown[]) => unknown>>(),
  sent: [] as unknown[][],
  listeners: [] as [string, (event: { ports: unknown[] }) => void][],
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: Record<string, () => unknown>) =>
      electron.exposed.set(name, value),
  },
  ipcRenderer: {
    on: (name: string, listener: (event: { ports: unknown[] }) => void) =>
      electron.listeners.push([name, listener]),
    send: (...args: unknown[]) => electron.sent.push(args),
  },
  webUtils: { getPathForFile: (file: { at: string }) => file.at },
}));

const page = { location: { origin: 'app://cellsmith' }, postMessage: vi.fn() };

beforeAll(async () => {
  vi.stubGlobal('window', page);
  // Not by `import`: its types need those of a page, which no test here has.
  await vi.importActual('../../../electron/preload/preload.ts');
});

describe('the preload script', () => {
  it('gives the page two functions, and nothing of Electron', () => {
    expect([...electron.exposed.keys()]).toEqual(['cellsmithDesktop']);
    const functions = electron.exposed.get('cellsmithDesktop') ?? {};
    expect(Object.keys(functions).sort()).toEqual(['pathOfFile', 'requestPorts']);
    expect(Object.values(functions).some((one) => one instanceof EventEmitter)).toBe(false);
  });

  it('asks for ports on the one channel, without arguments of the page', () => {
    electron.exposed.get('cellsmithDesktop')?.requestPorts('shutdown');
    expect(electron.sent).toEqual([['ports']]);
  });

  it('hands ports to its own page only', () => {
    expect(electron.listeners.map(([name]) => name)).toEqual(['ports']);
    const ports = [{}, {}];
    electron.listeners[0][1]({ ports });
    expect(page.postMessage).toHaveBeenCalledExactlyOnceWith(
      { cellsmith: 'ports' },
      'app://cellsmith',
      ports,
    );
  });

  it('tells where a dropped file lies', () => {
    expect(electron.exposed.get('cellsmithDesktop')?.pathOfFile({ at: '/data/pets.zip' })).toBe(
      '/data/pets.zip',
    );
  });
});
