/** What no page may do: leave the application, open windows, ask for devices. */
import { join } from 'node:path';
import { app, type Session, shell, type WebContents } from 'electron';
import { checkedLink } from '../../headless/services/links.ts';
import { APP_ORIGIN, isAppAddress } from './appScheme.ts';

/** Copying a text when a button is pressed; it can read nothing. */
const ALLOWED = 'clipboard-sanitized-write';

/** No camera, no location, no device, no notification of the page's own. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === ALLOWED && isAppAddress(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === ALLOWED && isAppAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
  // The page saves pictures and files that it made itself, where the person says; it fetches nothing.
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    if (!url.startsWith(`blob:${APP_ORIGIN}/`) && !url.startsWith('data:')) return event.preventDefault();
    item.setSaveDialogOptions({ defaultPath: join(app.getPath('downloads'), item.getFilename()) });
  });
}

/** @param log gets a line for everything refused */
export function guardContents(log: (line: string) => void): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, log));
}

function guard(contents: WebContents, log: (line: string) => void): void {
  const refuse = (event: { preventDefault(): void; readonly url: string }): void => {
    event.preventDefault();
    log(`refused to go to ${event.url}`);
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url).catch(() => log(`refused to open ${url}`));
    return { action: 'deny' };
  });
}

/** Opens a page in the system's browser. @throws CellsmithError `bad-link` */
export async function openLink(url: string): Promise<void> {
  await shell.openExternal(checkedLink(url));
}
