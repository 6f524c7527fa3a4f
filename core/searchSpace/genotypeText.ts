/** Genotypes as the text that DARTS and its successors print: Genotype(normal=[('sep_conv_3x3', 1), …], …). */
import { CellsmithError } from '../base/errors.ts';
import { mistakeText } from '../base/mistakes.ts';
import type { CellGenotype, GenotypeEdge } from './genotype.ts';
import { Genotype, PRIMITIVES } from './genotype.ts';

const FIELDS = ['normal', 'normal_concat', 'reduce', 'reduce_concat'] as const;
type Field = (typeof FIELDS)[number];

/** One line that Python reads; with a name, an assignment to it. */
export function printGenotype({ normal, reduce }: Genotype, name?: string): string {
  const edges = (cell: CellGenotype): string =>
    `[${cell.edges.map(({ op, from }) => `('${op}', ${from})`).join(', ')}]`;
  const concat = (cell: CellGenotype): string => `[${cell.concat.join(', ')}]`;
  return (
    `${name === undefined ? '' : `${name} = `}Genotype(normal=${edges(normal)}, normal_concat=${concat(normal)}, ` +
    `reduce=${edges(reduce)}, reduce_concat=${concat(reduce)})`
  );
}

/**
 * Reads what `printGenotype` writes, and the same with other white space, quotes, line ends, comments, trailing
 * commas, order of the fields, `range(2, 6)` and a name in front.
 * @throws CellsmithError `genotype-text` with the place and what was expected there
 */
export function parseGenotype(text: string): Genotype {
  const fields = readFields(tokenReader(text));
  const read = {
    normal: { edges: fields.normal, concat: fields.normal_concat },
    reduce: { edges: fields.reduce, concat: fields.reduce_concat },
  };
  const parsed = Genotype.safeParse(read, { error: mistakeText });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw textError(`${path.join('.')}: ${message}`);
}

function textError(problem: string): CellsmithError {
  return new CellsmithError(
    'genotype-text',
    `This is not a genotype: ${problem}.`,
    "Write Genotype(normal=[('sep_conv_3x3', 1), …], normal_concat=[2, 3, 4, 5], reduce=[…], reduce_concat=[…]), with two edges to a node.",
  );
}

interface Token {
  readonly type: 'name' | 'string' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /(?<blank>\s+|#[^\n]*|\\\n)|(?<name>[A-Za-z_][\w.]*)|'(?<single>[^'\n]*)'|"(?<double>[^"\n]*)"|(?<number>\d+)|(?<sign>[()[\]=,])/y;

/** Takes the text apart; `take` moves on, `next` looks. */
function tokenReader(text: string) {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null)
      throw textError(`${place(text, at)} has ${JSON.stringify(text[at])}, which has no place here`);
    const { blank, name, single, double, number, sign } = match.groups as Record<string, string | undefined>;
    const string = single ?? double;
    if (string !== undefined) tokens.push({ type: 'string', text: string, at });
    else if (name !== undefined) tokens.push({ type: 'name', text: name, at });
    else if (number !== undefined) tokens.push({ type: 'number', text: number, at });
    else if (blank === undefined) tokens.push({ type: 'sign', text: sign as string, at });
    at = TOKEN.lastIndex;
  }
  const end: Token = { type: 'end', text: 'the end of the text', at: text.length };
  let position = 0;
  const next = (ahead = 0): Token => tokens[position + ahead] ?? end;
  const is = (sign: string): boolean => next().type === 'sign' && next().text === sign;
  const fail = (expected: string): CellsmithError =>
    textError(`${place(text, next().at)} has ${quoted(next())} where ${expected} should be`);
  const take = (type: Token['type'], expected: string, value?: string): Token => {
    const token = next();
    if (token.type !== type || (value !== undefined && token.text !== value)) throw fail(expected);
    position++;
    return token;
  };
  const sign = (value: string): Token => take('sign', `'${value}'`, value);
  return { next, is, fail, take, sign };
}

type Reader = ReturnType<typeof tokenReader>;

function quoted({ type, text }: Token): string {
  if (type === 'end') return text;
  return text.length > 40 ? `'${text.slice(0, 40)}…'` : `'${text}'`;
}

function place(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${lines[lines.length - 1].length + 1}`;
}

function readFields(reader: Reader): Record<Field, unknown> {
  const follows = reader.next(1);
  if (reader.next().type === 'name' && follows.type === 'sign' && follows.text === '=') {
    reader.take('name', 'a name');
    reader.sign('=');
  }
  const called = reader.take('name', "'Genotype('");
  if (called.text.split('.').at(-1) !== 'Genotype')
    throw textError(`it begins with ${quoted(called)} instead of 'Genotype('`);
  reader.sign('(');
  const fields: Partial<Record<Field, unknown>> = {};
  while (!reader.is(')')) {
    const token = reader.next();
    const field = FIELDS.find((known) => token.type === 'name' && known === token.text);
    if (field === undefined) throw reader.fail(`one of ${FIELDS.join(', ')}`);
    if (field in fields) throw textError(`'${field}' stands twice`);
    reader.take('name', 'a field');
    reader.sign('=');
    fields[field] =
      field === 'normal' || field === 'reduce' ? readList(reader, readEdge) : readStates(reader);
    if (!reader.is(')')) reader.sign(',');
  }
  reader.sign(')');
  if (reader.next().type !== 'end') throw reader.fail('the end of the text');
  const missing = FIELDS.filter((field) => !(field in fields));
  if (missing.length > 0)
    throw textError(
      `${missing.map((field) => `'${field}'`).join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
    );
  return fields as Record<Field, unknown>;
}

function readList<T>(reader: Reader, item: (reader: Reader) => T): T[] {
  const items: T[] = [];
  reader.sign('[');
  while (!reader.is(']')) {
    items.push(item(reader));
    if (!reader.is(']')) reader.sign(',');
  }
  reader.sign(']');
  return items;
}

function readNumber(reader: Reader): number {
  return Number(reader.take('number', 'a whole number').text);
}

function readEdge(reader: Reader): GenotypeEdge {
  reader.sign('(');
  const { text } = reader.take('string', 'the name of an operation in quotes');
  const op = PRIMITIVES.find((known) => known === text);
  if (op === undefined)
    throw textError(`there is no operation '${text}'; known are ${PRIMITIVES.join(', ')}`);
  reader.sign(',');
  const from = readNumber(reader);
  if (reader.is(',')) reader.sign(',');
  reader.sign(')');
  return { op, from };
}

/** `[2, 3]` or `range(2, 4)`. */
function readStates(reader: Reader): number[] {
  if (reader.next().text !== 'range') return readList(reader, readNumber);
  reader.take('name', "'range('");
  reader.sign('(');
  const first = readNumber(reader);
  reader.sign(',');
  const end = readNumber(reader);
  reader.sign(')');
  // A cell has 5 nodes at most; an absurd range need not be written out to be refused.
  return Array.from({ length: Math.min(100, Math.max(0, end - first)) }, (_, i) => first + i);
}
