/** Files of the window: the right ones, with their types and the content policy; nothing else on the disk. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_POLICY, staticAnswer } from '../../../headless/services/staticFiles.ts';

let folder = '';
let root = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-static-'));
  root = join(folder, 'renderer');
  await mkdir(join(root, 'assets', 'shots.png'), { recursive: true });
  await mkdir(join(folder, 'renderer-secret'));
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, 'assets', 'index-1a2b.js'), 'export {};');
  await writeFile(join(root, 'assets', 'run.sh'), 'echo');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'renderer-secret', 'secret.txt'), 'secret');
});
afterAll(() => rm(folder, { recursive: true }));

const text = (body: Uint8Array): string => new TextDecoder().decode(body);

describe('the files of the window', () => {
  it.each([
    ['/', '<!doctype html>', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', '<!doctype html>', 'text/html; charset=utf-8', 'no-cache'],
    [
      '/assets/index-1a2b.js',
      'export {};',
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/assets%2Findex-1a2b.js', 'export {};', 'text/javascript; charset=utf-8', 'no-cache'],
  ])('are answered for %s', async (path, content, type, caching) => {
    const { status, headers, body } = await staticAnswer(root, path);
    expect([status, text(body)]).toEqual([200, content]);
    expect(headers).toMatchObject({ 'content-type': type, 'cache-control': caching });
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/../renderer-secret/secret.txt',
    '//etc/passwd',
    '/C:/secret.txt',
    '/index.html%00.js',
    '/%E0%A4%A',
    'index.html',
    '/assets/',
    '/assets',
    '/assets/shots.png',
    '/assets/run.sh',
    '/missing.js',
  ])('do not include %s', async (path) => {
    const { status, body } = await staticAnswer(root, path);
    expect([status, text(body)]).toEqual([404, 'There is no such file.\n']);
  });

  it.each(['/', '/missing.js', '/../secret.txt'])('carry the content policy, also for %s', async (path) => {
    const { headers } = await staticAnswer(root, path);
    expect(headers).toMatchObject({
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
    });
  });

  it('may run no script and reach no address but their own', () => {
    const rules = new Map(CONTENT_POLICY.split('; ').map((rule) => [rule.split(' ')[0], rule]));
    expect(rules.get('default-src')).toBe("default-src 'none'");
    expect(rules.get('script-src')).toBe("script-src 'self'");
    expect(rules.get('connect-src')).toBe("connect-src 'self'");
    expect(CONTENT_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });
});
