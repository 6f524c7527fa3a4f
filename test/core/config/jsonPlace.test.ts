import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorPlace } from '../../../core/config/jsonPlace.ts';

describe('the place where JSON ends to be JSON', () => {
  it('is none exactly where JSON.parse accepts the text', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const soup = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '1',
        '-',
        '0',
        'true',
        ' ',
        '\n',
        '\\u12',
        'e5',
      ),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(soup, (parts) => {
        const text = parts.join('');
        expect(jsonErrorPlace(text) === undefined).toBe(parses(text));
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonErrorPlace(text)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['{"a": 1,}', 1, 9],
    ['{\n  "a" 1\n}', 2, 7],
    ['[1, 2', 1, 6],
    ["{'a': 1}", 1, 2],
    ['{} {}', 1, 4],
  ])('is that of the first wrong character: %j', (text, line, column) => {
    expect(jsonErrorPlace(text)).toEqual({ line, column });
  });
});
