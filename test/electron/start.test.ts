/** `npm start` on a machine without a display: a line that says so, the address, and an orderly end. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { ROOT, WINDOW } from '../../electron/build.mjs';
import { isStale } from '../../headless/loading/freshness.mjs';

let home = '';
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'cellsmith-start-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** Runs it until it has printed an address, or has ended; then ends it as a terminal does. */
function startUntilAddress(...args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, [join(ROOT, 'electron', 'start.mjs'), ...args], { env });
  let [out, said] = ['', ''];
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
    if (/http:\/\/\S+\n/.test(out)) child.kill('SIGINT');
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, said })));
}

/** Building it here would take it away from tests that serve it at the same time. */
function needWindow({ skip }: TestContext): void {
  const sources = ['core', 'renderer', 'package.json', 'package-lock.json', 'vite.config.ts'];
  if (
    isStale(
      join(WINDOW, 'index.html'),
      sources.map((name) => join(ROOT, name)),
    )
  )
    skip('the window is not built');
}

describe('npm start', () => {
  it('serves the window to a browser where there is no display', async (context) => {
    if (process.platform !== 'linux') context.skip('only Linux tells whether there is a display');
    needWindow(context);
    const { code, out, said } = await startUntilAddress('--home', home);
    expect(said).toContain('No desktop window: this machine has no display. Opening it in the browser.\n');
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/m);
    expect(code).toBe(0);
  });

  it('does so without a word about the desktop where that is wished', async (context) => {
    needWindow(context);
    const { out, said } = await startUntilAddress('--browser', '--home', home);
    expect(out).toMatch(/^http:\/\//m);
    expect(said).not.toContain('No desktop window');
  });

  it('says what it can be told', async () => {
    const { code, out } = await startUntilAddress('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/--home DIR[^]*--browser[^]*--port N/);
  });

  it('refuses what it does not know, with the code of bad usage', async (context) => {
    needWindow(context);
    const { code, said } = await startUntilAddress('--browser', '--hoem', home);
    expect(code).toBe(2);
    expect(said).toContain("unknown option '--hoem'");
  });
});
