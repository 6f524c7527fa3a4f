/** A double of the parts of Electron's API that the desktop program uses: it records, and events are played by tests. */
import { EventEmitter } from 'node:events';
import { BrowserWindow } from './window.ts';
import { ChannelDouble } from './ports.ts';
import { type ForkOptions, UtilityDouble } from './utility.ts';

type Fork = (program: string, args: readonly string[], options: ForkOptions) => UtilityDouble;

/** What tests look at and play with; made anew by `resetElectron`. */
export interface Recorded {
  /** What it tells of graphics; undefined where they are off. */
  graphics: unknown;
  readonly calls: (readonly [name: string, ...args: unknown[]])[];
  readonly utilities: UtilityDouble[];
  fork: Fork;
  lock: boolean;
  notifications: boolean;
  displays: { readonly workArea: { x: number; y: number; width: number; height: number } }[];
  dialogAnswer: { canceled: boolean; filePaths: string[] };
  messageAnswer: number;
  paths: Record<string, string>;
}

const fresh = (): Recorded => ({
  graphics: undefined,
  calls: [],
  utilities: [],
  fork: (program, args, options) => new UtilityDouble(program, args, options),
  lock: true,
  notifications: true,
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
  dialogAnswer: { canceled: false, filePaths: ['/chosen'] },
  messageAnswer: 1,
  paths: { userData: '/nowhere', downloads: '/downloads' },
});

export const recorded: Recorded = fresh();

export function resetElectron(): void {
  Object.assign(recorded, fresh());
  for (const emitter of [app, nativeTheme, powerMonitor, ipcMain, session.defaultSession]) {
    emitter.removeAllListeners();
  }
  Object.assign(nativeTheme, { shouldUseDarkColors: false, themeSource: 'system' });
  Object.assign(session.defaultSession, { handlers: {} });
  handlers.clear();
  BrowserWindow.reset();
}

/** Arguments of the calls of one name. */
export const callsOf = (name: string): unknown[][] =>
  recorded.calls.filter(([one]) => one === name).map(([, ...args]) => args);

const record =
  <T>(name: string, answer: (...args: never[]) => T) =>
  (...args: unknown[]): T => {
    recorded.calls.push([name, ...args]);
    return answer(...(args as never[]));
  };
const nothing = (): void => undefined;

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  setName: record('app.setName', nothing),
  setDesktopName: record('app.setDesktopName', nothing),
  getPath: (name: string): string => recorded.paths[name],
  setPath: record('app.setPath', (name: string, path: string) => void (recorded.paths[name] = path)),
  requestSingleInstanceLock: record('app.requestSingleInstanceLock', () => recorded.lock),
  whenReady: (): Promise<void> => Promise.resolve(),
  relaunch: record('app.relaunch', nothing),
  exit: record('app.exit', nothing),
  /** Refuses where graphics are off. */
  getGPUInfo: (_level: string): Promise<unknown> =>
    recorded.graphics === undefined ? Promise.reject(new Error('off')) : Promise.resolve(recorded.graphics),
  /** As Electron: unless a listener prevents it, the program ends. */
  quit(): void {
    const event = preventable();
    app.emit('before-quit', event);
    recorded.calls.push([event.defaultPrevented ? 'app.quit prevented' : 'app.quit']);
  },
});

export function preventable<T extends object>(more?: T) {
  const event = {
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
    ...more,
  };
  return event;
}

const handlers = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged: record('protocol.registerSchemesAsPrivileged', nothing),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void =>
    void handlers.set(scheme, handler),
};
/** What a page would get for an address. */
export function fetchFromApp(url: string, method = 'GET'): Promise<Response> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`nobody answers for ${url}`);
  // Node's own Request knows no app: addresses.
  return handler({ url, method } as Request);
}

interface SessionHandlers {
  request?: (
    contents: unknown,
    permission: string,
    answer: (granted: boolean) => void,
    details: object,
  ) => void;
  check?: (contents: unknown, permission: string, origin: string) => boolean;
  device?: (details: object) => boolean;
}
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    handlers: {} as SessionHandlers,
    setPermissionRequestHandler(handler: SessionHandlers['request']): void {
      session.defaultSession.handlers.request = handler;
    },
    setPermissionCheckHandler(handler: SessionHandlers['check']): void {
      session.defaultSession.handlers.check = handler;
    },
    setDevicePermissionHandler(handler: SessionHandlers['device']): void {
      session.defaultSession.handlers.device = handler;
    },
  }),
};

export const utilityProcess = {
  fork(program: string, args: readonly string[], options: ForkOptions): UtilityDouble {
    const utility = recorded.fork(program, args, options);
    recorded.utilities.push(utility);
    return utility;
  },
};

export const shell = {
  openExternal: record('shell.openExternal', () => Promise.resolve()),
  openPath: record('shell.openPath', () => Promise.resolve('')),
  showItemInFolder: record('shell.showItemInFolder', nothing),
};

export const dialog = {
  showOpenDialog: record('dialog.showOpenDialog', () => Promise.resolve(recorded.dialogAnswer)),
  showMessageBox: record('dialog.showMessageBox', () =>
    Promise.resolve({ response: recorded.messageAnswer }),
  ),
  showErrorBox: record('dialog.showErrorBox', nothing),
};

let blockers = 0;
export const powerSaveBlocker = {
  start: record('powerSaveBlocker.start', () => ++blockers),
  stop: record('powerSaveBlocker.stop', nothing),
};

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return recorded.notifications;
  }
  readonly options: object;
  constructor(options: object) {
    super();
    this.options = options;
  }
  show(): void {
    recorded.calls.push(['Notification.show', this.options, this]);
  }
}

export const Menu = {
  buildFromTemplate: (template: readonly object[]): readonly object[] => template,
  setApplicationMenu: record('Menu.setApplicationMenu', nothing),
};

export const screen = { getAllDisplays: (): Recorded['displays'] => recorded.displays };
export const nativeTheme = Object.assign(new EventEmitter(), {
  shouldUseDarkColors: false,
  themeSource: 'system',
});
export const powerMonitor = new EventEmitter();
export const ipcMain = new EventEmitter();
export const MessageChannelMain = ChannelDouble;
export { BrowserWindow };
