/** Mistakes that schemas find, each in plain words. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { mistakeText } from '../../../core/base/mistakes.ts';

it.each<[string, z.ZodType, unknown]>([
  ['this must be a whole number', z.int(), 1.5],
  ['this must be at most 9007199254740991', z.int(), 1e300],
  ['this must be a number', z.number(), 'one'],
  ['this must be a number', z.number(), Number.NaN],
  ['this is missing', z.number(), undefined],
  ['this must be a text', z.string(), 3],
  ['this must be true or false', z.boolean(), 'yes'],
  ['this must be a list', z.array(z.string()), 'a'],
  ['this must be a group of settings', z.strictObject({}), 3],
  ['this must be a group of settings', z.record(z.string(), z.string()), null],
  ['this must be at least 1', z.int().min(1), 0],
  ['this must be more than 0', z.number().gt(0), 0],
  ['this must be at most 16/255', z.number().max(16 / 255), 1],
  ['this must be less than 1', z.number().lt(1), 1],
  ['this must be a multiple of 2', z.int().multipleOf(2), 3],
  ['this must not be empty', z.string().min(1), ''],
  ['this must have at most 2 characters', z.string().max(2), 'abc'],
  ['this must have at least 2 entries', z.array(z.int()).min(2), [1]],
  ['this is none of the choices', z.enum(['a', 'b']), 'c'],
  ['this is none of the choices', z.union([z.int(), z.boolean()]), 'c'],
  ['the schema’s own words', z.int().refine(() => false, 'the schema’s own words'), 1],
])('%s', (text, schema, value) => {
  const { error } = schema.safeParse(value, { error: mistakeText });
  expect(error?.issues[0].message).toBe(text);
});
