/** Nested settings as they are written, before they are checked. Tensor-free. */

/** What is written on the command line, in a file or into a form. */
export type Tree = { [name: string]: unknown };

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid upon `under`: objects are merged, everything else is replaced. Neither is changed. */
export function mergeTrees(under: Tree, over: Tree): Tree {
  const merged: Tree = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = merged[name];
    merged[name] = isTree(below) && isTree(value) ? mergeTrees(below, value) : value;
  }
  return merged;
}

/** Puts a value at a path, making objects as needed; `tree` is changed. */
export function setPath(tree: Tree, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const child = tree[first];
  const next: Tree =
    typeof child === 'object' && child !== null && !Array.isArray(child) ? (child as Tree) : {};
  tree[first] = next;
  setPath(next, rest, value);
}

/** A copy whose objects and lists are its own. */
export function copyTree(tree: Tree): Tree {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    return isTree(value) ? copyTree(value) : value;
  };
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, copy(value)]));
}
