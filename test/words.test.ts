/** What the engine says is shown in the window, too, where no option of a command line exists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, root } from './helpers/sourceImports.ts';

/** `--min-params`, but no token of a stylesheet. */
const OPTION = /(?<!\w|var\()--[a-z][a-z-]+(?!\s*:)/;

function textsOf(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    node.forEachChild(walk);
  };
  walk(source);
  return found;
}

describe('the engine', () => {
  it('names no option of the command line', () => {
    const files = filesBelow('core', /\.ts$/).filter((file) => !/^core\/report\/(styles|svg\/)/.test(file));
    const named = files.flatMap((file) =>
      textsOf(file).flatMap((text) => (OPTION.test(text) ? [`${file}: ${text}`] : [])),
    );
    expect(named).toEqual([]);
  });
});
