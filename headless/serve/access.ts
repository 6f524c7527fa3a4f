/** Who may use the browser server: whoever has the address that was printed, from this computer, and nobody's web page. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSecret } from './secretFile.ts';

const BYTES = 32;
const SECRET_FILE = 'session.secret';

export interface Access {
  /** For the address that is printed; good for one use. */
  readonly token: string;
  /** @returns whether this was the token, for the first time */
  useToken(given: string): boolean;
  /** The header that lets a browser in from now on, also after a restart on the same port. */
  readonly setCookie: string;
  /** @param cookies the request's Cookie header */
  isKnown(cookies: string | undefined): boolean;
  /** @param host the request's Host header: only names of this computer, against rebound names */
  isOurHost(host: string | undefined): boolean;
  isOurOrigin(origin: string): boolean;
}

export async function createAccess(home: string, port: number): Promise<Access> {
  const secret = await sessionSecret(home);
  const token = randomBytes(BYTES).toString('base64url');
  // Cookies know no ports: another server of this computer has another name for its own.
  const name = `cellsmith-${port}`;
  const value = createHmac('sha256', secret).update(`window on port ${port}`).digest('base64url');
  const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${port}`);
  let used = false;
  return {
    token,
    useToken(given) {
      const right = same(given, token);
      if (!right || used) return false;
      used = true;
      return true;
    },
    setCookie: `${name}=${value}; Path=/; HttpOnly; SameSite=Strict`,
    isKnown: (cookies) =>
      (cookies ?? '')
        .split(';')
        .map((pair) => pair.trim().split('='))
        .some(([key, given]) => key === name && given !== undefined && same(given, value)),
    isOurHost: (host) => host !== undefined && hosts.includes(host.toLowerCase()),
    isOurOrigin: (origin) => hosts.some((host) => origin.toLowerCase() === `http://${host}`),
  };
}

/** In equal time for all that are wrong. */
function same(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return timingSafeEqual(first, second);
}

/** Of this home: made once, so that a browser that is open stays known over restarts. */
async function sessionSecret(home: string): Promise<Buffer> {
  const path = join(home, SECRET_FILE);
  const found = await readFile(path, 'utf8').catch(() => '');
  if (/^[0-9a-f]{64}\n?$/.test(found)) return Buffer.from(found.trim(), 'hex');
  const secret = randomBytes(BYTES);
  await writeSecret(path, `${secret.toString('hex')}\n`);
  return secret;
}
