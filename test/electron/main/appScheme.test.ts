/** The window's scheme: its own files with the content policy, and nothing else on the disk. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAppAddress, registerAppScheme, serveAppScheme } from '../../../electron/main/appScheme.ts';
import { CONTENT_POLICY } from '../../../headless/services/staticFiles.ts';
import { callsOf, fetchFromApp, resetElectron } from '../double/electron.ts';

vi.mock('electron', () => import('../double/electron.ts'));

let folder = '';
beforeAll(async () => {
  resetElectron();
  folder = await mkdtemp(join(tmpdir(), 'cellsmith-scheme-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'renderer', 'assets', 'index.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  serveAppScheme(join(folder, 'renderer'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the scheme app:', () => {
  it('counts as secure and standard, with fetch, and does not pass by the content policy', () => {
    registerAppScheme();
    const [[[registered]]] = callsOf('protocol.registerSchemesAsPrivileged') as [[[object]]];
    expect(registered).toMatchObject({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
    });
    expect(registered).not.toMatchObject({ privileges: { bypassCSP: true } });
  });

  it.each([
    ['app://cellsmith/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://cellsmith/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://cellsmith/assets/index.js?v=1#x', 'text/javascript; charset=utf-8', 'export {};'],
  ])('answers %s', async (url, type, text) => {
    const response = await fetchFromApp(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.text()).toBe(text);
  });

  it.each([
    ['app://cellsmith/../secret.txt', 'GET', 404],
    ['app://cellsmith/%2e%2e/secret.txt', 'GET', 404],
    ['app://cellsmith/assets/..%2f..%2fsecret.txt', 'GET', 404],
    ['app://cellsmith/assets/', 'GET', 404],
    ['app://cellsmith/missing.js', 'GET', 404],
    ['app://elsewhere/index.html', 'GET', 404],
    ['app://cellsmith/index.html', 'POST', 405],
  ])('refuses %s by %s', async (url, method, status) => {
    const response = await fetchFromApp(url, method);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('secret');
  });

  it.each(['app://cellsmith/', 'app://cellsmith/missing.js', 'app://elsewhere/'])(
    'says the content policy with every answer, such as %s',
    async (url) => {
      const { headers } = await fetchFromApp(url);
      expect(headers.get('content-security-policy')).toBe(CONTENT_POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each([
    ['app://cellsmith/index.html', true],
    ['app://cellsmith.example.org/', false],
    ['https://cellsmith/', false],
    ['about:blank', false],
    ['', false],
  ])('knows whether %s is a page of ours', (url, ours) => {
    expect(isAppAddress(url)).toBe(ours);
  });
});
