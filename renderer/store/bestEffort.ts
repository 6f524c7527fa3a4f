/** What an experiment with mistakes comes to: each mistake gives way to what a setting left out stands for. Pure. */
import { RunConfig } from '../../core/runs/runConfig.ts';
import type { Path, Tree } from './tree.ts';
import { isSame, valueAt, withValueAt } from './tree.ts';

/** Some mistakes show only when others are mended. */
const MOST_ROUNDS = 20;

/** @returns undefined where leaving settings out does not help */
export function bestEffort(config: Tree): RunConfig | undefined {
  let tree = config;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = RunConfig.safeParse(tree);
    if (parsed.success) return parsed.data;
    const before = tree;
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String);
      const wrong = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
      for (const one of wrong) tree = without(tree, one);
    }
    if (isSame(tree, before)) return undefined;
  }
  return undefined;
}

/** Without the setting, or without the closest one around it that there is. */
function without(tree: Tree, path: Path): Tree {
  const there = path
    .map((_, i) => path.slice(0, path.length - i))
    .find((at) => valueAt(tree, at) !== undefined);
  return there === undefined ? tree : withValueAt(tree, there, undefined);
}
