/** What the engine says is shown in the window, too, where no option of a command line exists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, root } from './helpers/sourceImports.ts';

/** `--min-params`, but no token of a stylesheet. */
const OPTION = /(?<!\w|var\()--[a-z][a-z-]+(?!\s*:)/;

function textsOf(file: string, isLeftOut: (node: ts.Node) => boolean = () => false): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (isLeftOut(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    node.forEachChild(walk);
  };
  walk(source);
  return found;
}

/** Three words in a row, or the end of a sentence. */
const SENTENCE = /\p{L}+ \p{L}+ \p{L}+|\p{L} [^.]*\p{L}[.!?…]$/u;
/** For whoever reads the sources: the window shows none of it. */
const NEVER_SHOWN = ['index.html has no #root', 'the connection was refused'];

/** Names of classes are told from words by where they stand. */
const isClassName = (node: ts.Node): boolean =>
  (ts.isJsxAttribute(node) && node.name.getText() === 'className') ||
  (ts.isPropertyAssignment(node) && node.name.getText() === 'classes');

describe('the engine', () => {
  it('names no option of the command line', () => {
    const files = filesBelow('core', /\.ts$/).filter((file) => !/^core\/report\/(styles|svg\/)/.test(file));
    const named = files.flatMap((file) =>
      textsOf(file).flatMap((text) => (OPTION.test(text) ? [`${file}: ${text}`] : [])),
    );
    expect(named).toEqual([]);
  });
});

describe('the window', () => {
  it('has its sentences in renderer/texts alone', () => {
    const files = filesBelow('renderer', /\.tsx?$/).filter((file) => !file.startsWith('renderer/texts/'));
    const elsewhere = files.flatMap((file) =>
      textsOf(file, isClassName)
        .filter((text) => SENTENCE.test(text) && !NEVER_SHOWN.includes(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(elsewhere).toEqual([]);
  });
});
