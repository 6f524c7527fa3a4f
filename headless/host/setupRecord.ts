/** What native libraries that were set up on this computer have in common: where they lie, and the record of them. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { CellsmithError } from '../../core/base/errors.ts';
import { diskError, systemCode } from './diskErrors.ts';
import { homeFolder } from './homeFolder.ts';

/**
 * It belongs to the computer, not to the experiments: `--home` does not move it.
 * @param given by a variable of the environment; where it is missing or empty, `name` in the home folder
 */
export function setupFolder(given: string | undefined, name: string, environment: NodeJS.ProcessEnv): string {
  if (given !== undefined && given !== '') return resolve(given);
  return join(homeFolder(undefined, environment.CELLSMITH_HOME ?? ''), name);
}

/** @returns undefined where nothing was set up @throws CellsmithError `damaged` for a record that is none */
export async function readRecord<T>(
  path: string,
  schema: z.ZodType<T>,
  damaged: () => CellsmithError,
): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw diskError(error, 'read', path);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw damaged();
  }
}
