/** Names of new runs: what the person called it, when, and a number where that is taken. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, systemCode } from '../../host/diskErrors.ts';

const LONGEST = 40;

/** For example `pets-small-2027-01-31-141503`. @param now milliseconds since 1970 */
export function runName(name: string, now: number): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  const two = (part: number): string => String(part).padStart(2, '0');
  const at = new Date(now);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('');
  return [slug === '' ? 'run' : slug, day, time].join('-');
}

/** Makes an empty folder of that name, or the first free one like it. @returns its name */
export async function makeRunFolder(runs: string, name: string): Promise<string> {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}-${i}`;
    try {
      await mkdir(join(runs, candidate));
      return candidate;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw diskError(error, 'make', join(runs, candidate));
    }
  }
}
