/** Nested settings as plain data: read and set at a path, without changing what was there. */

/** Part of an experiment, as its file holds it. */
export type Tree = { readonly [key: string]: unknown };
export type Path = readonly string[];

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Entries of lists are named by their position. */
export function valueAt(tree: unknown, path: Path): unknown {
  let at = tree;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Tree)[name];
  }
  return at;
}

/**
 * A copy with `value` at the path; what lies beside is shared. Missing settings on the way are made.
 * @param value undefined removes: a setting is left out, a list's entry goes and the others move up
 */
export function withValueAt(tree: Tree, path: Path, value: unknown): Tree {
  const [first, ...rest] = path;
  if (first === undefined) return isTree(value) ? value : {};
  return set(tree, first, rest, value) as Tree;
}

function set(at: unknown, name: string, rest: Path, value: unknown): unknown {
  const [next, ...after] = rest;
  const old = valueAt(at, [name]);
  const inner = next === undefined ? value : set(isContainer(old) ? old : {}, next, after, value);
  if (Array.isArray(at)) {
    const list: readonly unknown[] = at;
    const position = Number(name);
    if (inner === undefined) return list.filter((_, i) => i !== position);
    return position < list.length ? list.map((one, i) => (i === position ? inner : one)) : [...list, inner];
  }
  const owner = isTree(at) ? at : {};
  if (inner !== undefined) return { ...owner, [name]: inner };
  return Object.fromEntries(Object.entries(owner).filter(([key]) => key !== name));
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whether two values say the same; the order of settings does not matter, that of list entries does. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i]))
    );
  }
  if (!isTree(a) || !isTree(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]))
  );
}
