/** The files of the window, as both hosts answer for them: nothing outside the folder, one content policy for all. */
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Cytoscape puts one style sheet of its own into the page; this is its hash. */
const CYTOSCAPE_STYLE = "'sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8='";

export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${CYTOSCAPE_STYLE}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Every answer carries these, refusals as well. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export interface StaticAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Only files whose type is known are the window's. `undefined` for everything else. */
export function staticFile(root: string, pathname: string): { path: string; type: string } | undefined {
  const name = decoded(pathname);
  // A backslash separates folders on Windows, and two dots are never part of a name that vite gives.
  if (name === undefined || /[\0\\:]|(^|\/)\.\.?(\/|$)/.test(name)) return undefined;
  const path = resolve(root, `.${name.endsWith('/') ? `${name}index.html` : name}`);
  const type = TYPES[extname(path).toLowerCase()];
  return path.startsWith(resolve(root) + sep) && type !== undefined ? { path, type } : undefined;
}

/** @param pathname of the URL, percent-encoded as it came */
export async function staticAnswer(root: string, pathname: string): Promise<StaticAnswer> {
  const file = staticFile(root, pathname);
  const bytes = file === undefined ? undefined : await read(file.path);
  if (file === undefined || bytes === undefined) {
    const headers = { ...SECURITY_HEADERS, 'content-type': TYPES['.txt'], 'cache-control': 'no-store' };
    return { status: 404, headers, body: Uint8Array.from(Buffer.from('There is no such file.\n')) };
  }
  // Names below assets/ hold a hash of what is in them.
  const caching = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers = { ...SECURITY_HEADERS, 'content-type': file.type, 'cache-control': caching };
  return { status: 200, headers, body: bytes };
}

function decoded(pathname: string): string | undefined {
  try {
    return pathname.startsWith('/') ? decodeURIComponent(pathname) : undefined;
  } catch {
    return undefined;
  }
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return Uint8Array.from(await readFile(path));
  } catch {
    // A folder with such a name, a file that cannot be read: for the window it is not there.
    return undefined;
  }
}
