/** Where the home folder lies. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** `--home`, else the environment's CELLSMITH_HOME, else `~/Cellsmith`. */
export function homeFolder(given?: string, environment = process.env.CELLSMITH_HOME): string {
  if (given !== undefined) return resolve(given);
  return environment === undefined || environment === ''
    ? join(homedir(), 'Cellsmith')
    : resolve(environment);
}
