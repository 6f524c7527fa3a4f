/** Checks what people wrote against a schema, and says in words what is wrong where, and what would be right. */
import type { z } from 'zod';
import { duplicateKey } from '../../core/base/duplicateKeys.ts';
import { CellsmithError } from '../../core/base/errors.ts';
import { jsonErrorPlace } from './jsonPlace.ts';
import { nearest } from './nearest.ts';
import { describeAt, kebab, keysAt } from './schemaOptions.ts';

/**
 * @param before put in front of the path of what is wrong: '--' for options, the name of a file with a colon for files
 * @throws CellsmithError `bad-config`, naming the path of each mistake and what may stand there
 */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown, before: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw configError(schema, parsed.error, before);
}

export function configError(schema: z.ZodType, error: z.ZodError, before: string): CellsmithError {
  const told = error.issues.slice(0, MOST_TOLD).map((issue) => explain(schema, issue, before));
  const more = error.issues.length - told.length;
  return new CellsmithError(
    'bad-config',
    told.map(({ message }) => message).join('\n  ') + (more > 0 ? `\n  … and ${more} more` : ''),
    [...new Set(told.map(({ hint }) => hint))].join('\n    '),
  );
}

const MOST_TOLD = 5;

/** `search.epochs`, or `--image-size` where options are spoken of. */
function pathName(path: readonly string[], before: string): string {
  return before === '--' ? `--${path.map(kebab).join('-')}` : `${before}${path.join('.')}`;
}

function explain(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  before: string,
): { message: string; hint: string } {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    const [key] = issue.keys;
    const close = nearest(key, known);
    return {
      message: `${pathName([...path, key], before)}: there is no such setting.`,
      hint:
        close === undefined
          ? `There are: ${known.join(', ')}.`
          : `Did you mean '${[...path, close].join('.')}'?`,
    };
  }
  // Lists name the entry that is wrong; what may stand there is said of the entry.
  const takes = describeAt(schema, path);
  const problem = issue.code === 'invalid_value' ? 'this is none of the choices' : lowerFirst(issue.message);
  const place = path.length === 0 ? before.replace(/^--$/, '') : `${pathName(path, before)}: `;
  return {
    message: `${place}${problem}.`,
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
