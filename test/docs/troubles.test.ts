/** `docs/troubles.md` and the sources name the same error and warning codes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../helpers/sourceImports.ts';

const sources = ['core', 'headless', 'electron', 'renderer'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(root, top, path), 'utf8')),
);
const page = readFileSync(join(root, 'docs/troubles.md'), 'utf8');

const all = (pattern: RegExp, texts: readonly string[]): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]));
/** What zod calls an issue of one's own. */
const ZOD_ISSUE = 'custom';
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

const constructions = sources.reduce((sum, text) => sum + text.split('new CellsmithError(').length - 1, 0);
/** The first argument, a literal or, of registries, a template. */
const thrown = all(/new CellsmithError\(\s*['`]([^'`]+)['`]/g, sources);
/** What only a desktop can do, refused in a browser. */
const refused = all(/\brefuse\(\s*'([a-z]+-[a-z-]+)'/g, sources);
const registries = all(/\bregistry(?:<[^(]*>)?\(\s*'([A-Za-z]+)'/g, sources);
/** Warnings, and what `--json` says of an end that is no CellsmithError. */
const plain = all(/\bcode: '([a-z-]+)'/g, sources).filter((code) => code !== ZOD_ISSUE);
/** Codes that end the process with 1. */
const machine = all(/'([a-z-]+)'/g, all(/MACHINE_CODES = new Set\(\[([^\]]*)\]/g, sources));

const inSources = [...thrown, ...refused, ...plain].flatMap((code) =>
  code === 'unknown-${kind}' ? registries.map((kind) => `unknown-${kind}`) : [code],
);
const rows = /^\| `([a-z0-9-]+)` +\|/gm;
const onPage = all(rows, [page]);

describe('docs/troubles.md', () => {
  it('is compared with every error that the sources make: each gives its code as a literal', () => {
    const copied = all(/new CellsmithError\((code|error\.code)\b/g, sources);
    expect(thrown.length + copied.length).toBe(constructions);
    expect(registries.length).toBeGreaterThan(5);
    expect(refused.length).toBe(3);
    expect(inSources.filter((code) => !/^[a-z0-9-]+$/.test(code))).toEqual([]);
  });

  it('explains every code of the sources', () => {
    expect(sorted(inSources).filter((code) => !onPage.includes(code))).toEqual([]);
  });

  it('explains no code that the sources do not have, and none twice', () => {
    expect(onPage.filter((code) => !inSources.includes(code))).toEqual([]);
    expect(onPage.filter((code, at) => onPage.indexOf(code) !== at)).toEqual([]);
  });

  it('puts just the codes with exit code 1 into the section about them', () => {
    const section = page.slice(page.indexOf('## Failures of the machine'));
    expect(machine.length).toBeGreaterThan(0);
    expect(sorted(all(rows, [section]))).toEqual(sorted(machine));
  });
});
