/** Command-line options drawn from a zod schema: name, help, unit, range and default stand nowhere else. */
import { Option } from 'commander';
import type { z } from 'zod';
import { CellsmithError } from '../../core/base/errors.ts';
import type { SchemaNode } from '../../core/config/schemaWords.ts';
import { describe, kebab, parseNumber, schemaNode } from '../../core/config/schemaWords.ts';

export interface SchemaOption {
  /** Without dashes: `search-epochs`. */
  readonly flag: string;
  /** Where the value goes in the configuration. */
  readonly path: readonly string[];
  readonly node: SchemaNode;
}

/** One option per leaf of the schema; objects are walked into, arrays and free records are leaves. */
export function schemaOptions(
  schema: z.ZodType,
  prefix: readonly string[] = [],
  skip: readonly string[] = [],
): readonly SchemaOption[] {
  const root = schemaNode(schema);
  const walk = (node: SchemaNode, path: readonly string[], names: readonly string[]): SchemaOption[] => {
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

function placeholder(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.join('|');
  if (node.type === 'boolean') return 'true|false';
  if (node.type === 'array') return node.items?.type === 'object' ? 'json' : 'a,b,…';
  if (node.type === undefined || node.type === 'object') return 'json';
  return node.type;
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
