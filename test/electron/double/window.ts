/** A double of Electron's windows and their pages: they record what was set, and tests play their events. */
import { EventEmitter } from 'node:events';

type OpenHandler = (details: { url: string }) => { action: string };

export class ContentsDouble extends EventEmitter {
  openHandler: OpenHandler | undefined;
  reloads = 0;
  /** The page itself; others are frames inside it. */
  readonly mainFrame = { url: 'app://cellsmith/index.html', postMessage: (): void => undefined };

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  reload(): void {
    this.reloads++;
  }
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class BrowserWindow extends EventEmitter {
  static #all: BrowserWindow[] = [];
  static #focused: BrowserWindow | null = null;

  static getAllWindows(): readonly BrowserWindow[] {
    return BrowserWindow.#all;
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }
  static focusOn(window: BrowserWindow | null): void {
    BrowserWindow.#focused = window;
  }
  static reset(): void {
    BrowserWindow.#all = [];
    BrowserWindow.#focused = null;
  }

  readonly options: Readonly<Record<string, unknown>>;
  readonly webContents = new ContentsDouble();
  readonly progress: number[] = [];
  bounds: Bounds = { x: 10, y: 20, width: 1200, height: 800 };
  background: string;
  title: string;
  url = '';
  isShown = false;
  minimised = false;
  maximised = false;

  constructor(options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    this.background = String(options.backgroundColor);
    this.title = String(options.title);
    BrowserWindow.#all.push(this);
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    BrowserWindow.focusOn(this);
  }
  maximize(): void {
    this.maximised = true;
  }
  isMaximized(): boolean {
    return this.maximised;
  }
  isMinimized(): boolean {
    return this.minimised;
  }
  restore(): void {
    this.minimised = false;
  }
  getNormalBounds(): Bounds {
    return this.bounds;
  }
  setBackgroundColor(colour: string): void {
    this.background = colour;
  }
  setProgressBar(share: number): void {
    this.progress.push(share);
  }
  setTitle(title: string): void {
    this.title = title;
  }

  /** The person closes it. @returns whether it closed */
  close(): boolean {
    const event = {
      defaultPrevented: false,
      preventDefault: () => void (event.defaultPrevented = true),
    };
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    BrowserWindow.#all = BrowserWindow.#all.filter((window) => window !== this);
    if (BrowserWindow.#focused === this) BrowserWindow.#focused = null;
    this.emit('closed');
    return true;
  }
}
