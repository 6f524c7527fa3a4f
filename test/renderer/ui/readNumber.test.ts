import { expect, it } from 'vitest';
import { readNumber } from '../../../renderer/ui/readNumber.ts';

it.each([
  ['8/255', 8 / 255],
  [' 27 000 ', 27_000],
  ['27\u202f000', 27_000],
  ['1,027,000', 1_027_000],
  ['1e-3', 0.001],
  ['-2', -2],
  ['', undefined],
  ['   ', undefined],
])('reads %j as %s', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

it.each(['eight', '8/', '1,5', '12,34', ',100', '8/255/2', '/'])(
  'says of %j that it is no number',
  (text) => {
    expect(readNumber(text)).toBeNaN();
  },
);
