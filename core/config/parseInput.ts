/** Checks what people wrote against a schema, and says in words what is wrong where, and what would be right. */
import type { z } from 'zod';
import { duplicateKey } from '../base/duplicateKeys.ts';
import { CellsmithError } from '../base/errors.ts';
import { jsonErrorPlace } from './jsonPlace.ts';
import { mistakeText } from '../base/mistakes.ts';
import { nearest } from './nearest.ts';
import { describeAt, kebab, keysAt } from './schemaWords.ts';

/**
 * @param before put in front of the path of what is wrong: '--' for options, the name of a file with a colon for files
 * @throws CellsmithError `bad-config`, naming the path of each mistake and what may stand there
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, before: string): z.output<S> {
  const parsed = schema.safeParse(value, { error: mistakeText });
  if (parsed.success) return parsed.data;
  throw configError(schema, parsed.error, before);
}

function configError(schema: z.ZodType, error: z.ZodError, before: string): CellsmithError {
  const all = inputIssues(schema, error, before);
  const told = all.slice(0, MOST_TOLD);
  const more = all.length - told.length;
  return new CellsmithError(
    'bad-config',
    told.map(({ place, problem }) => `${place}${problem}.`).join('\n  ') +
      (more > 0 ? `\n  … and ${more} more` : ''),
    [...new Set(told.map(({ hint }) => hint))].join('\n    '),
  );
}

const MOST_TOLD = 5;

/** `search.epochs`, or `--image-size` where options are spoken of. */
function pathName(path: readonly string[], before: string): string {
  return before === '--' ? `--${path.map(kebab).join('-')}` : `${before}${path.join('.')}`;
}

export interface InputIssue {
  readonly path: readonly string[];
  /** For example 'search.epochs: '; empty where the whole is at fault. */
  readonly place: string;
  /** Begins small and has no full stop: it goes on from the place. */
  readonly problem: string;
  readonly hint: string;
}

/**
 * The first mistake of each place, with its remedy from the schema.
 * @param error of a check that was given `mistakeText`
 * @param before as in `parseInput`
 */
export function inputIssues(schema: z.ZodType, error: z.ZodError, before: string): readonly InputIssue[] {
  const places = new Set<string>();
  return error.issues
    .map((issue) => explain(schema, issue, before))
    .filter(({ place }) => !places.has(place) && places.add(place));
}

function explain(schema: z.ZodType, issue: z.core.$ZodIssue, before: string): InputIssue {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    const [key] = issue.keys;
    const close = nearest(key, known);
    const at = [...path, key];
    return {
      path: at,
      place: `${pathName(at, before)}: `,
      problem: 'there is no such setting',
      hint:
        close === undefined
          ? `There are: ${known.join(', ')}.`
          : `Did you mean '${[...path, close].join('.')}'?`,
    };
  }
  // Lists name the entry that is wrong; what may stand there is said of the entry.
  const takes = describeAt(schema, path);
  return {
    path,
    place: path.length === 0 ? before.replace(/^--$/, '') : `${pathName(path, before)}: `,
    problem: lowerFirst(issue.message),
    hint: takes === '' ? 'Change or leave out what is named.' : `${pathName(path, before)} takes ${takes}.`,
  };
}

/** @throws CellsmithError `bad-json`, with the place */
export function parseJsonText(text: string, where: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CellsmithError(
      'bad-json',
      `${where} is not JSON: ${placeOf(error, text)}.`,
      'Mend it there, or check the file with a JSON editor.',
    );
  }
  const twice = duplicateKey(text);
  if (twice === undefined) return value;
  throw new CellsmithError(
    'bad-json',
    `${where} gives '${twice}' twice in one object.`,
    'Keep the one that is meant.',
  );
}

function placeOf(error: unknown, text: string): string {
  const place = jsonErrorPlace(text);
  if (place === undefined) return error instanceof Error ? error.message : String(error);
  const { line, column } = place;
  const found = text
    .split('\n')
    [line - 1].slice(column - 1, column + 19)
    .trim();
  return `line ${line}, column ${column} has ${found === '' ? 'nothing' : `'${found}'`} where something else must stand`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
