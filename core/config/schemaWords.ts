/** What a settings schema says of itself, in words: forms, help texts and messages are drawn from it. Tensor-free. */
import { z } from 'zod';
import { numberText } from '../base/numberText.ts';

/** What of JSON Schema is read here. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
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

/** `searchEpochs` as an option is typed: `search-epochs`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The part of a schema at a path; undefined where it has none, or not in plain words. */
function nodeAt(schema: z.ZodType, path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schemaNode(schema);
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

/** The schema of what people write: what has a default may be left out. */
export function schemaNode(schema: z.ZodType): SchemaNode {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
}

/** Title, unit, description, range and default of a setting on one line. */
export function describe(node: SchemaNode): string {
  const title = [node.title ?? '', node.unit === undefined ? '' : `[${node.unit}]`].filter(
    (part) => part !== '',
  );
  const parts = [
    title.join(' '),
    node.description ?? '',
    rangeText(node),
    isGroup(node.default) ? '' : `default ${shown(node.default)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function rangeText(node: SchemaNode): string {
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

/** Groups of settings are told by each of them. */
const isGroup = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));

function shown(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A number; fractions such as 8/255 are welcome, since radii are thought of so. */
export function parseNumber(text: string): number | undefined {
  const match = /^\s*(-?[\d.]+(?:e[-+]?\d+)?)\s*(?:\/\s*(\d+(?:\.\d+)?))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]) / (match[2] === undefined ? 1 : Number(match[2]));
  return Number.isFinite(value) ? value : undefined;
}
