/** What a schema finds wrong, in plain words that begin small and have no full stop. Tensor-free. */
import type { z } from 'zod';
import { numberText } from './numberText.ts';

/** Given to `parse` and `safeParse`; what a schema says itself of a mistake goes before it. */
export function mistakeText(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return typeText(issue.expected, issue.input);
    case 'too_small':
      return boundText(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return boundText(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    case 'not_multiple_of':
      return `this must be a multiple of ${issue.divisor}`;
    case 'invalid_value':
    case 'invalid_union':
      return 'this is none of the choices';
    default:
      return undefined;
  }
}

/** The words as a sentence, for a field that they stand at. */
export function mistakeSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

function typeText(expected: string, input: unknown): string {
  if (input === undefined) return 'this is missing';
  const type = TYPES[expected];
  return type === undefined ? 'this is none of the choices' : `this must be ${type}`;
}

const PARTS: Readonly<Record<string, string>> = { string: 'characters', array: 'entries', set: 'entries' };

function boundText(origin: string, bound: number | bigint, how: string): string {
  const part = PARTS[origin];
  if (part === undefined) return `this must be ${how} ${numberText(Number(bound))}`;
  return how === 'at least' && Number(bound) === 1
    ? 'this must not be empty'
    : `this must have ${how} ${bound} ${part}`;
}
