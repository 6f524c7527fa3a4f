// Finds Electron's program, which npm does not install with the package; fetches it once where it can be had.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const DAY_MS = 86_400_000;
/** A slow line needs minutes for 120 MB; a line that says nothing must not hold up the start for ever. */
const PATIENCE_MS = 600_000;

/** @returns path of the program, or undefined */
export function findElectron(folder, environment = process.env) {
  const read = (name) => {
    try {
      return readFileSync(join(folder, name), 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  const name = read('path.txt');
  const dist = environment.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const program = join(dist, name ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'));
  const isGiven = Boolean(environment.ELECTRON_OVERRIDE_DIST_PATH);
  return existsSync(program) && (isGiven || name !== undefined) ? program : undefined;
}

/** A failed attempt is remembered for a day, so that the next start does not wait for another. */
function memory(file, version, now) {
  return {
    hasFailed() {
      try {
        return readFileSync(file, 'utf8').trim() === version && now() - statSync(file).mtimeMs < DAY_MS;
      } catch {
        return false;
      }
    },
    remember() {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${version}\n`);
    },
  };
}

/**
 * @param options `folder` of the package electron, `memoryFile` where a failed attempt is kept, `say` prints a line,
 *   `installer` and its `patienceMs`: tests put others in their place
 * @returns `{ program }`, or `{ reason }` why there is none
 */
export async function electronOrReason(options) {
  const { folder, memoryFile, say, environment = process.env, now = Date.now } = options;
  const { installer = join(folder, 'install.js'), patienceMs = PATIENCE_MS } = options;
  const found = findElectron(folder, environment);
  if (found !== undefined) return { program: found };
  if (!existsSync(installer)) return { reason: 'the package electron is not installed (npm ci installs it)' };
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const last = memory(memoryFile, version, now);
  if (last.hasFailed())
    return {
      reason: `Electron ${version} could not be fetched before; npx install-electron tries it again`,
    };
  say(`Fetching Electron ${version}, which shows the desktop window (about 120 MB, only this once) …`);
  const failure = await runInstaller(installer, environment, patienceMs);
  const fetched = findElectron(folder, environment);
  if (failure === undefined && fetched !== undefined) return { program: fetched };
  last.remember();
  return {
    reason: `Electron ${version} cannot be fetched: ${failure ?? 'its program is not where it should be'}`,
  };
}

/** @returns undefined, or what went wrong */
function runInstaller(installer, environment, patienceMs) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], {
      env: environment,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let words = '';
    let gaveUp = false;
    const timer = setTimeout(() => {
      gaveUp = true;
      child.kill('SIGKILL');
    }, patienceMs);
    child.stderr.on('data', (bytes) => (words = (words + String(bytes)).slice(-4000)));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (gaveUp) return resolve(`it took longer than ${Math.round(patienceMs / 1000)} s`);
      if (code === 0) return resolve(undefined);
      const lines = words.split('\n').map((line) => line.trim());
      resolve(causeOf(words) ?? lines.find((line) => line !== '') ?? `its installer ended with code ${code}`);
    });
  });
}

/** The network's own word for it, in plainer ones. */
function causeOf(words) {
  const causes = [
    [/ENOTFOUND|EAI_AGAIN/, 'there is no way to its server (no name service; offline?)'],
    [
      /ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|fetch failed/,
      'there is no way to its server',
    ],
    [/ENOSPC/, 'the disk is full'],
    [/EACCES|EPERM/, 'this user may not write to node_modules'],
  ];
  return causes.find(([pattern]) => pattern.test(words))?.[1];
}
