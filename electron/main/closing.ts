/** The question before the last window closes while runs are at work. */
import { app, type BrowserWindow, dialog } from 'electron';

export interface ClosingOptions {
  /** Runs at work. */
  readonly runs: ReadonlySet<string>;
  readonly isQuitting: () => boolean;
}

/** On macOS a program goes on without windows, and so do its runs. */
export function askBeforeClosing(window: BrowserWindow, { runs, isQuitting }: ClosingOptions): void {
  let isAsking = false;
  window.on('close', (event) => {
    if (process.platform === 'darwin' || isQuitting() || runs.size === 0) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void ask(window, runs.size).then((isSure) => {
      isAsking = false;
      if (isSure) app.quit();
    });
  });
}

async function ask(window: BrowserWindow, count: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Cellsmith',
    message: count === 1 ? 'An experiment is at work.' : `${count} experiments are at work.`,
    detail: 'Quitting saves where they are. They go on when Cellsmith is started again.',
    buttons: ['Save and quit', 'Keep working'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
