// `npm start`: the desktop program where Electron is here or can be fetched, else the same window in a browser.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { BUNDLES, buildDesktop, buildWindow, ROOT, WINDOW } from './build.mjs';
import { electronOrReason } from './electronBinary.mjs';
import { buildPrograms } from '../headless/loading/build.mjs';
import { SERVE_BUNDLES, SOURCES } from '../headless/loading/bundles.mjs';
import { commandLine } from '../headless/loading/commandLine.mjs';
import { isStale } from '../headless/loading/freshness.mjs';

const HELP = `npm start -- [options]

  --home DIR   where runs and data lie (default: CELLSMITH_HOME, else ~/Cellsmith)
  --browser    open the window in a browser, though the desktop program is here
  --port N     port of the browser's window (default: any that is free)
`;
/** A program that lacks a library of the system ends at once; one that a person closed has lived longer. */
const START_MS = 5000;

const say = (line) => console.error(line);
const SHARED = ['core', 'package.json', 'package-lock.json'];
const from = (names) => names.map((name) => join(ROOT, name));

async function main(argv) {
  if (argv.includes('--help') || argv.includes('-h')) return void process.stdout.write(HELP);
  const wantsBrowser = argv.includes('--browser') || argv.some((word) => /^--port(=|$)/.test(word));
  const options = argv.filter((word) => word !== '--browser');

  if (isStale(join(WINDOW, 'index.html'), from([...SHARED, 'renderer', 'vite.config.ts']))) {
    say('Building the window …');
    await buildWindow();
  }
  if (!wantsBrowser) {
    const reason = hasDisplay() ? await openDesktop(options) : 'this machine has no display';
    if (reason === undefined) return;
    say(`No desktop window: ${reason}. Opening it in the browser.`);
  }
  await openBrowser(options);
}

/** @returns why it could not be opened; undefined when it was, and is closed again */
async function openDesktop(options) {
  const found = await electronOrReason({
    folder: join(ROOT, 'node_modules', 'electron'),
    memoryFile: join(ROOT, 'node_modules', '.cache', 'cellsmith', 'electron-failed'),
    say,
  });
  if (found.program === undefined) return found.reason;
  const sources = [...SHARED, 'electron', 'headless'];
  if (isStale(join(BUNDLES, 'main.js'), from(sources))) {
    say('Building the desktop program …');
    await buildDesktop();
  }
  const began = performance.now();
  const code = await run(found.program, [join(BUNDLES, 'main.js'), ...options]);
  if (code === 0 || performance.now() - began > START_MS) {
    process.exitCode = code;
    return undefined;
  }
  return `Electron ended with code ${code}`;
}

async function openBrowser(options) {
  if (isStale(join(SERVE_BUNDLES, 'cli.js'), SOURCES)) await buildPrograms();
  const { main: cellsmith } = await commandLine();
  // Without a display the address is printed, and opened by whoever reads it.
  await cellsmith(['serve', ...(hasDisplay() ? ['--open'] : []), ...options]);
}

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Ctrl-C reaches the child as well, and the child decides when it ends. */
function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const ignore = () => undefined;
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore).on('SIGTERM', forward);
    const done = (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', forward);
      resolve(code);
    };
    child.on('error', () => done(127));
    child.on('close', (code, signal) => done(signal === null ? code : 1));
  });
}

await main(process.argv.slice(2));
