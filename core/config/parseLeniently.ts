/** Parses what can be parsed: wrong fields are told, and give way to what a field left out stands for. Tensor-free. */
import type { z } from 'zod';
import type { Findings } from './findings.ts';
import { mistakeSentence, mistakeText } from '../base/mistakes.ts';
import { inputIssues } from './parseInput.ts';
import type { Tree } from './tree.ts';
import { copyTree, isTree } from './tree.ts';

/**
 * @param findings gets every mistake
 * @returns the value with standards in place of the wrong fields; undefined where that makes no whole value either
 */
export function parseLeniently<S extends z.ZodType>(
  schema: S,
  input: Tree,
  findings: Findings,
): z.output<S> | undefined {
  const tree = copyTree(input);
  const told = new Set<string>();
  for (;;) {
    const parsed = schema.safeParse(tree, { error: mistakeText });
    if (parsed.success) return parsed.data;
    // Some mistakes show only when others are mended: bounds are compared once all of them are numbers.
    const issues = inputIssues(schema, parsed.error, '');
    for (const { path, problem, hint } of issues) {
      // A field that had to be there and was wrong is now missing: that was told.
      if (told.has(path.join('.'))) continue;
      findings.add({ path, message: mistakeSentence(problem), hint });
    }
    issues.forEach(({ path }) => told.add(path.join('.')));
    const mended = issues.filter(({ path }) => remove(tree, path));
    if (mended.length === 0) return undefined;
  }
}

/** Removes the innermost field on the path that there is. Entries of lists stay where they are: the list goes. */
function remove(tree: unknown, path: readonly string[]): boolean {
  let at = tree;
  let last: { readonly owner: Tree; readonly name: string } | undefined;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) break;
    if (isTree(at)) last = { owner: at, name };
    at = (at as Tree)[name];
  }
  if (last === undefined) return false;
  return delete last.owner[last.name];
}
