/** Tells of a run's end where the person looks elsewhere; whoever looks at the window reads it there. */
import { BrowserWindow, Notification } from 'electron';
import type { RunProcess } from '../../core/protocol/hostApi.ts';

/** @param onClick shows the window */
export function noticeRunEnd({ runId, state }: RunProcess, onClick: () => void): void {
  if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return;
  const notice = new Notification(
    state.kind === 'failed'
      ? { title: `${runId} has failed`, body: state.failure.message }
      : { title: `${runId} has finished`, body: 'Its results are in the window.' },
  );
  notice.on('click', onClick);
  notice.show();
}
