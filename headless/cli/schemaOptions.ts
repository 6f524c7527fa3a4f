/** Command-line options drawn from a zod schema: name, help, unit, range and default stand nowhere else. */
import { Option } from 'commander';
import { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';

/** What of JSON Schema is read here. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
}

export interface SchemaOption {
  /** Without dashes: `search-epochs`. */
  readonly flag: string;
  /** Where the value goes in the configuration. */
  readonly path: readonly string[];
  readonly node: Node;
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One option per leaf of the schema; objects are walked into, arrays and free records are leaves. */
export function schemaOptions(
  schema: z.ZodType,
  prefix: readonly string[] = [],
  skip: readonly string[] = [],
): readonly SchemaOption[] {
  const root = toJsonSchema(schema);
  const walk = (node: Node, path: readonly string[], names: readonly string[]): SchemaOption[] => {
    if (skip.includes(path.join('.'))) return [];
    if (node.properties !== undefined) {
      return Object.entries(node.properties).flatMap(([name, child]) =>
        walk(child, [...path, name], [...names, kebab(name)]),
      );
    }
    return path.length === 0 || node.const !== undefined ? [] : [{ flag: names.join('-'), path, node }];
  };
  return walk(root, [], prefix);
}

/** The option as commander wants it. Values stay text here; `parseOption` reads them. */
export function commanderOption({ flag, node }: SchemaOption): Option {
  return new Option(`--${flag} <${placeholder(node)}>`, describe(node));
}

function placeholder(node: Node): string {
  if (node.enum !== undefined) return node.enum.join('|');
  if (node.type === 'boolean') return 'true|false';
  if (node.type === 'array') return node.items?.type === 'object' ? 'json' : 'a,b,…';
  if (node.type === undefined || node.type === 'object') return 'json';
  return node.type;
}

/** The part of a schema at a path; undefined where it has none, or not in plain words. */
function nodeAt(schema: z.ZodType, path: readonly string[]): Node | undefined {
  let node: Node | undefined = toJsonSchema(schema);
  for (const name of path) {
    node = /^\d+$/.test(name) && node?.items !== undefined ? node.items : node?.properties?.[name];
  }
  return node;
}

/** What may stand at a path of a schema, in words; empty where the schema says nothing. */
export function describeAt(schema: z.ZodType, path: readonly string[]): string {
  const node = nodeAt(schema, path);
  if (node === undefined) return '';
  const takes = node.enum === undefined ? '' : `one of ${node.enum.join(', ')}`;
  return [takes, describe(node)].filter((part) => part !== '').join('; ');
}

/** The settings that a schema knows at a path. */
export function keysAt(schema: z.ZodType, path: readonly string[]): readonly string[] {
  return Object.keys(nodeAt(schema, path)?.properties ?? {});
}

/** What a schema says of one of its settings, the default apart; undefined where it does not know it. */
export function meaningOf(
  schema: z.ZodType,
  name: string,
): { meaning: string; standard: unknown } | undefined {
  const node = nodeAt(schema, [name]);
  if (node === undefined) return undefined;
  const { default: standard, ...rest } = node;
  return { meaning: JSON.stringify(rest), standard };
}

function toJsonSchema(schema: z.ZodType): Node {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
}

function describe(node: Node): string {
  const title = [node.title ?? '', node.unit === undefined ? '' : `[${node.unit}]`].filter(
    (part) => part !== '',
  );
  const parts = [
    title.join(' '),
    node.description ?? '',
    rangeText(node),
    node.default === undefined ? '' : `default ${shown(node.default)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function rangeText(node: Node): string {
  const bounds: readonly (readonly [sign: string, bound: number | undefined])[] = [
    ['≥', node.minimum],
    ['>', node.exclusiveMinimum],
    ['≤', node.maximum],
    ['<', node.exclusiveMaximum],
  ];
  return bounds
    .flatMap(([sign, bound]) =>
      bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? [] : [`${sign} ${bound}`],
    )
    .join(', ');
}

function shown(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Radii are thought of in steps of 1/255. */
function numberText(value: number): string {
  const levels = value * 255;
  const radius = String(value).length > 8 && Math.abs(levels - Math.round(levels)) < 1e-9;
  return radius ? `${Math.round(levels)}/255` : String(value);
}

/** A number; fractions such as 8/255 are welcome, since radii are thought of so. */
export function parseNumber(text: string): number | undefined {
  const match = /^\s*(-?[\d.]+(?:e[-+]?\d+)?)\s*(?:\/\s*(\d+(?:\.\d+)?))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]));
  return Number.isFinite(value) ? value : undefined;
}

/** Reads an option's text by its schema. @throws CellsmithError `bad-option` naming the option and what it takes */
export function parseOption({ flag, node }: SchemaOption, text: string): unknown {
  const refuse = (takes: string): CellsmithError =>
    new CellsmithError(
      'bad-option',
      `--${flag} cannot be '${text}'.`,
      `It takes ${takes}: ${describe(node)}.`,
    );
  if (node.enum !== undefined) {
    if (!node.enum.includes(text)) throw refuse(`one of ${node.enum.join(', ')}`);
    return text;
  }
  switch (node.type) {
    case 'integer':
    case 'number': {
      const value = parseNumber(text);
      if (value === undefined) throw refuse(`a${node.type === 'integer' ? 'n integer' : ' number'}`);
      return value;
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw refuse('true or false');
      return text === 'true';
    case 'array':
      if (node.items?.type !== 'object') return text.split(',').map((item) => item.trim());
      return parseJson(text, () => refuse('a JSON list'));
    case 'string':
      return text;
    default:
      return parseJson(text, () => refuse('JSON'));
  }
}

function parseJson(text: string, refuse: () => CellsmithError): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse();
  }
}

type Tree = { [name: string]: unknown };

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
