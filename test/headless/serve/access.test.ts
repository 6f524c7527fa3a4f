/** Who is let in: the browser that opened the printed address, from this computer, under names of this computer. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serving } from '../../../headless/serve/serve.ts';
import { makePlace, openSocket, serveAt, signIn } from './window.ts';
import type { Place, SocketHeaders } from './window.ts';

let place: Place;
let serving: Serving;
let cookie: string;
let origin: string;
beforeAll(async () => {
  place = await makePlace();
  serving = await serveAt(place);
  origin = `http://127.0.0.1:${serving.port}`;
});
afterAll(async () => {
  await serving.close();
  await place.remove();
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A request as typed, since clients mend what is wrong with theirs. */
function raw(lines: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(serving.port, '127.0.0.1');
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text }));
    socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  });
}

describe('the printed address', () => {
  it('lets one browser in, once, by a cookie that no script and no other site can use', async () => {
    expect((await fetch(origin)).status).toBe(403);
    const wrong = await fetch(`${origin}/?token=${'A'.repeat(43)}`, { redirect: 'manual' });
    expect([wrong.status, await wrong.text()]).toEqual([403, expect.stringContaining('not the one')]);
    const head = await fetch(serving.url, { method: 'HEAD', redirect: 'manual' });
    expect(head.status).toBe(403);

    const first = await fetch(serving.url, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const given = first.headers.get('set-cookie') ?? '';
    expect(given).toMatch(/^cellsmith-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    cookie = given.split(';')[0];
    const page = await fetch(origin, { headers: { cookie } });
    expect(await page.text()).toBe('<!doctype html>window');

    const again = await fetch(serving.url, { redirect: 'manual' });
    expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('used before')]);
    // In the browser that was let in, it is a way back.
    expect((await fetch(serving.url, { headers: { cookie }, redirect: 'manual' })).status).toBe(303);
  });

  it('has a token of 256 bits', () => {
    expect(new URL(serving.url).searchParams.get('token')).toMatch(/^[\w-]{43}$/);
  });
});

describe('a request', () => {
  const get = (...headers: string[]): Promise<Answer> =>
    raw(['GET / HTTP/1.1', `Cookie: ${cookie}`, ...headers]);

  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('under the name %s is answered', async (name) => {
    expect((await get(`Host: ${name}:${serving.port}`)).status).toBe(200);
  });

  it.each([
    ['another name, as a rebound one', () => 'Host: evil.example'],
    ['another name with our port', () => `Host: evil.example:${serving.port}`],
    ['another port', () => 'Host: 127.0.0.1:1'],
    ['our name within another', () => `Host: 127.0.0.1:${serving.port}.evil.example`],
  ])('under %s is refused in one line', async (_, header) => {
    const { status, text } = await get(header());
    expect(status).toBe(403);
    expect(text).toContain('names of this computer only');
    expect(text).not.toContain('window');
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'from a page of %s is refused',
    async (other) => {
      const { status, text } = await get(`Host: 127.0.0.1:${serving.port}`, `Origin: ${other}`);
      expect(status).toBe(403);
      expect(text).toContain('its own pages only');
    },
  );

  it.each([
    ['none', ''],
    ['a wrong one', 'X'],
    ['one of another port', '=1; cellsmith-1'],
  ])('with %s for a cookie is refused', async (_, change) => {
    const changed = change === '' ? '' : cookie.replace('=', `${change}=`);
    const answer = await fetch(origin, { headers: changed === '' ? {} : { cookie: changed } });
    expect(answer.status).toBe(403);
  });

  it('that would change something is refused', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await fetch(origin, { method, headers: { cookie } })).status).toBe(405);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '//127.0.0.1/secret.txt',
    '/assets/',
    '/missing.js',
    '/api/library',
  ])('for %s finds nothing', async (path) => {
    const answer = await raw([
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${serving.port}`,
      `Cookie: ${cookie}`,
    ]);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toMatch(/\r\n\r\n.*secret/s);
  });

  it('is answered with the content policy, whatever comes of it', async () => {
    const answers = await Promise.all([
      fetch(origin, { headers: { cookie } }),
      fetch(`${origin}/assets/index-a1b2.js`, { headers: { cookie } }),
      fetch(`${origin}/missing.js`, { headers: { cookie } }),
      fetch(origin),
      fetch(origin, { method: 'POST' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 405]);
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    }
    expect(answers[1].headers.get('cache-control')).toContain('immutable');
    expect(answers[3].headers.get('cache-control')).toBe('no-store');
  });
});

describe('a WebSocket', () => {
  const ours = (): SocketHeaders => ({ cookie, origin });

  it.each(['/api/library', '/api/host'])('of our own page at %s is opened', async (path) => {
    const socket = await openSocket(serving.port, path, ours());
    socket.close();
  });

  it.each<[string, string, () => SocketHeaders]>([
    ['without a cookie', '/api/host', () => ({ origin })],
    ['with a wrong cookie', '/api/host', () => ({ ...ours(), cookie: `${cookie}x` })],
    ['of no page', '/api/host', () => ({ cookie })],
    ['of another page', '/api/host', () => ({ ...ours(), origin: 'http://evil.example' })],
    ['under another name', '/api/library', () => ({ ...ours(), host: 'evil.example' })],
    ['to somewhere else', '/api/other', ours],
  ])('%s is refused', async (_, path, headers) => {
    await expect(openSocket(serving.port, path, headers())).rejects.toThrow('403');
  });

  it('that sends more than a window would is closed, and the server goes on', async () => {
    const socket = await openSocket(serving.port, '/api/host', ours());
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.send('x'.repeat(9 * 2 ** 20));
    expect(await closed).toBe(1009);
    const other = await openSocket(serving.port, '/api/host', ours());
    const refused = new Promise<number>((resolve) => other.on('close', resolve));
    other.send(Buffer.from([1, 2, 3]));
    expect(await refused).toBe(1003);
  });
});

describe('a server', () => {
  it('keeps its secret to its owner, and knows its browser again after a restart on the same port', async () => {
    const { port, url } = serving;
    const secret = join(place.home, 'session.secret');
    expect((await stat(secret)).mode & 0o777).toBe(0o600);
    await serving.close();
    serving = await serveAt(place, port);
    expect(serving.url).not.toBe(url);
    expect((await fetch(origin, { headers: { cookie } })).status).toBe(200);
    await expect(signIn(url)).rejects.toThrow('403');
    expect(await signIn(serving.url)).toBe(cookie);
  });

  it('makes a new secret where it is damaged; the browser has to sign in again', async () => {
    const { port } = serving;
    await serving.close();
    await writeFile(join(place.home, 'session.secret'), 'short');
    serving = await serveAt(place, port);
    expect((await fetch(origin, { headers: { cookie } })).status).toBe(403);
    cookie = await signIn(serving.url);
    expect(await readFile(join(place.home, 'session.secret'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('says what is wrong where its port is taken, its window not built, or its home in use', async () => {
    const other = await makePlace();
    await expect(serveAt(other, serving.port)).rejects.toMatchObject({ code: 'port-taken' });
    // What failed leaves its home to the next.
    const third = await serveAt(other);
    await expect(serveAt(other)).rejects.toMatchObject({
      code: 'home-in-use',
      message: expect.stringContaining(String(process.pid)),
    });
    await third.close();
    await rm(join(other.renderer, 'index.html'));
    await expect(serveAt(other)).rejects.toMatchObject({
      code: 'no-window',
      hint: expect.stringContaining('npm run build'),
    });
    await other.remove();
  });

  it('says what is wrong where its home cannot be made', async () => {
    const other = await makePlace();
    await mkdir(join(other.home, '..'), { recursive: true });
    await writeFile(other.home, 'a file');
    await expect(serveAt(other)).rejects.toMatchObject({ code: 'bad-path' });
    await other.remove();
  });

  it('listens to this computer alone', async () => {
    // Another server may take the same port of all other addresses only where ours has none of them.
    const probe = createServer();
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(serving.port, '127.0.0.2', resolve);
    });
    await new Promise((resolve) => probe.close(resolve));
  });
});
