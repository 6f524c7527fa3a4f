/** `docs/tutorial.md` and the README say what the window says, and quote figures with their conditions. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../helpers/sourceImports.ts';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Text maps and titles of presets and settings: every word that the window shows stands in one of them. */
const shown = [
  ...readdirSync(join(root, 'renderer/texts')).map((name) => `renderer/texts/${name}`),
  'core/engine/presets.ts',
]
  .map(textOf)
  .join('\n');

/** Buttons, tabs and headings, as the pages name them: bold or in quotation marks; what is in a list is a step. */
function namesOn(page: string): readonly string[] {
  const prose = textOf(page).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\*\*([^*]+?)\.?\*\*|“([^”]+)”/g)].map(([, bold, quoted]) =>
    (bold ?? quoted).replace(/\s+/g, ' '),
  );
}

describe.each(['docs/tutorial.md', 'README.md'])('%s', (page) => {
  it('names only what the window shows under that name', () => {
    const names = namesOn(page);
    expect(names.length).toBeGreaterThan(5);
    const own = ['demo, sep conv'];
    expect(names.filter((name) => !own.includes(name) && !shown.includes(name))).toEqual([]);
  });
});

describe('docs/tutorial.md', () => {
  it('has the figures of the demonstration that were measured', () => {
    const [results, tutorial] = ['bench/RESULTS.md', 'docs/tutorial.md'].map((path) =>
      textOf(path).replace(/[^\S\n]*\n(?!\|)/g, ' '),
    );
    const measured =
      /clean accuracy ([\d.]+ %), under PGD-10 in L∞ with ε = 4\/255 .*? ([\d.]+ %) \(n = ([\d,]+)\)/;
    const [, clean, robust, n] = measured.exec(results) ?? [];
    const row = /^\| demo, found by the search \|.*$/m.exec(tutorial)?.[0];
    expect(row).toContain(`| ${clean} | ${robust} |`);
    expect(tutorial).toContain(`${n} test images`);
    expect(tutorial).toContain('PGD in L∞ with ε = 4/255, 10 steps');
    const total = /: (\d+ min \d+ s) in all/.exec(results)?.[1];
    expect(tutorial).toContain(`(${total})`);
  });
});
