import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesBelow, root } from './helpers/sourceImports.ts';

/** These numbers only ever fall. Did one fall? Write the new one here. Would one rise? Mend the file instead. */
const allowed = { suppressions: 0, doubleCasts: 1, skippedTests: 0, longFiles: 0 };

const longest = 250;
const files = ['core', 'headless', 'electron', 'renderer', 'test', 'bench'].flatMap((folder) =>
  filesBelow(folder, /\.(tsx?|mjs)$/),
);
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Lines of the files that match, as `file:line`. The words are put together, so that this file does not match. */
function linesWith(pattern: RegExp, among: readonly string[]): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}`] : [])),
  );
}

/** Holds a list to its number: more is a defect, fewer asks for a lower number. */
function expectCount(found: readonly string[], count: number): void {
  expect(found, found.join('\n')).toHaveLength(count);
}

it('silences neither compiler nor linter', () => {
  const comments = ['ts-' + 'ignore', 'ts-' + 'nocheck', 'ts-' + 'expect-error', 'eslint-' + 'disable'];
  const pattern = new RegExp(`(//|/\\*).*(${comments.join('|')})|\\bas ${'an' + 'y'}\\b`);
  expectCount(linesWith(pattern, files), allowed.suppressions);
});

it('claims no type against the compiler', () => {
  // Tests may: they hand over wrong values on purpose.
  const sources = files.filter((file) => !file.startsWith('test/'));
  expectCount(linesWith(/\bas unknown as\b/, sources), allowed.doubleCasts);
});

it('leaves no test out for good', () => {
  const pattern = new RegExp(
    `\\b(it|describe|test)\\.(${['sk' + 'ip', 'to' + 'do', 'on' + 'ly'].join('|')})\\b`,
  );
  expectCount(linesWith(pattern, files), allowed.skippedTests);
});

it(`keeps files within ${longest} lines`, () => {
  const long = files
    .map((file) => ({ file, lines: read(file).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > longest)
    .map(({ file, lines }) => `${file} has ${lines} lines`);
  expectCount(long, allowed.longFiles);
});

it('has a first line in every source file that says what the file is for', () => {
  const silent = files.filter(
    (file) => !file.startsWith('test/') && !/^(#!.*\n)?(\/\*\*(\n \*)?|\/\/) \S/.test(read(file)),
  );
  expect(silent).toEqual([]);
});
