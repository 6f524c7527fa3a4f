/** The window's own scheme: `app://cellsmith/` is the folder of its files, and nothing else. */
import { protocol } from 'electron';
import { SECURITY_HEADERS, staticAnswer } from '../../headless/services/staticFiles.ts';

const SCHEME = 'app';
const HOST = 'cellsmith';
export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/** Before the application is ready. */
export function registerAppScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    corsEnabled: true,
    codeCache: true,
  };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** @param root folder of the window's files */
export function serveAppScheme(root: string): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    if (host !== HOST) return new Response(undefined, { status: 404, headers: SECURITY_HEADERS });
    if (method !== 'GET') return new Response(undefined, { status: 405, headers: SECURITY_HEADERS });
    const { status, headers, body } = await staticAnswer(root, pathname);
    return new Response(body, { status, headers });
  });
}

/** Whether a page of this address is the application's own. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol: scheme, host } = new URL(address);
  return scheme === `${SCHEME}:` && host === HOST;
}
