/** `docs/methods.md` tells every departure that the sources note, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../helpers/sourceImports.ts';

const page = readFileSync(join(root, 'docs/methods.md'), 'utf8');

/** How many there are, by file; files without any are left out. */
function count(entries: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const path of [...entries].sort()) counts[path] = (counts[path] ?? 0) + 1;
  return counts;
}

it('docs/methods.md has a row for each note of a departure', () => {
  const noted = ['core', 'headless'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => {
        const notes = readFileSync(join(root, top, path), 'utf8').match(/\bDiffers:/g) ?? [];
        return notes.map(() => `${top}/${path.replaceAll('\\', '/')}`);
      }),
  );
  const told = [...page.matchAll(/^\| `((?:core|headless)\/[^`]+)`/gm)].map(([, path]) => path);
  expect(noted.length).toBeGreaterThan(10);
  expect(count(told)).toEqual(count(noted));
});
