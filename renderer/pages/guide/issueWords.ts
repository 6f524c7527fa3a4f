/** A mistake in the words of the window: the setting by its title, and what it takes without its path. Pure. */
import type { Catalog, CatalogEntry } from '../../../core/protocol/catalog.ts';
import type { ConfigIssue } from '../../../core/protocol/libraryApi.ts';
import type { Path, Tree } from '../../store/tree.ts';
import { isTree, valueAt } from '../../store/tree.ts';
import { guide as words } from '../../texts/guide.ts';

export interface IssueWords {
  /** Of the setting, where it is known. */
  readonly title: string | undefined;
  readonly text: string;
  /** Whether the draft holds a setting of this name and there is none. */
  readonly isUnknown: boolean;
}

export function issueWords({ path, message, hint }: ConfigIssue, catalog: Catalog, config: Tree): IssueWords {
  const schema = schemaOf(path, catalog, config);
  if (schema === 'unknown' && valueAt(config, path) !== undefined) {
    const name = path.join('.');
    return { title: undefined, text: words.noSuchSetting(name), isUnknown: true };
  }
  const title = schema === 'unknown' ? undefined : textOf(schema?.title);
  const text = `${message} ${allowed(hint, title)}`.trim();
  return { title, text, isUnknown: false };
}

/** As core says it to a terminal: `search.epochs takes Search epochs; ≥ 1, ≤ 10000; default 50.` */
const TAKES = /^[\w.]+ takes (.*)\.$/s;

function allowed(hint: string, title: string | undefined): string {
  const takes = TAKES.exec(hint);
  if (takes === null) return hint;
  const parts = takes[1].split('; ').filter((part) => title === undefined || !part.startsWith(title));
  return parts.length === 0 ? '' : words.allowed(parts.join('; '));
}

/** Strategies and recipes bring the schema of their settings along. */
const CHOICES: readonly (readonly [at: Path, entries: (catalog: Catalog) => readonly CatalogEntry[]])[] = [
  [['search', 'strategy'], ({ strategies }) => strategies],
  [['retrain', 'recipe'], ({ recipes }) => recipes],
];

function schemaOf(path: Path, catalog: Catalog, config: Tree): Tree | 'unknown' | undefined {
  for (const [at, entries] of CHOICES) {
    const start = [...at, 'config'];
    if (path.length <= start.length || !start.every((name, i) => path[i] === name)) continue;
    const id = valueAt(config, [...at, 'id']);
    const entry = entries(catalog).find((one) => one.id === id);
    return entry === undefined ? undefined : walk(entry.settings, path.slice(start.length));
  }
  return walk(catalog.runConfig, path);
}

/** undefined where the schema does not say what stands there. */
function walk(schema: Tree, path: Path): Tree | 'unknown' | undefined {
  let at: Tree = schema;
  for (const name of path) {
    const { properties, items } = at;
    const next: unknown =
      /^\d+$/.test(name) && isTree(items) ? items : isTree(properties) ? properties[name] : undefined;
    if (!isTree(next)) return isTree(properties) ? 'unknown' : undefined;
    at = next;
  }
  return at;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
