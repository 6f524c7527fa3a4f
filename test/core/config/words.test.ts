import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../core/config/nearest.ts';
import { numberText } from '../../../core/base/numberText.ts';
import { parseNumber } from '../../../core/config/schemaWords.ts';
import { mergeTrees } from '../../../core/config/tree.ts';

describe('numbers', () => {
  it('read fractions, exponents and nothing that is no number', () => {
    expect(parseNumber('2/255')).toBe(2 / 255);
    expect(parseNumber('-1e-3')).toBe(-0.001);
    for (const text of ['', '1/0', '8/', 'e5', '1.2.3', '0x10', 'NaN'])
      expect(parseNumber(text)).toBeUndefined();
  });

  it('are written as people think of radii', () => {
    expect([8 / 255, 0.5, 2 / 255, 0.123456789].map(numberText)).toEqual([
      '8/255',
      '0.5',
      '2/255',
      '0.123456789',
    ]);
  });
});

describe('small parts', () => {
  it('merge objects and replace everything else, changing neither', () => {
    const under = { a: { x: 1, y: [1, 2] }, b: 1 };
    expect(mergeTrees(under, { a: { y: [3] }, c: { d: 1 } })).toEqual({
      a: { x: 1, y: [3] },
      b: 1,
      c: { d: 1 },
    });
    expect(under).toEqual({ a: { x: 1, y: [1, 2] }, b: 1 });
  });

  it('find the name that was meant, or none', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(nearest('epocs', ['cells', 'epochs', 'channels'])).toBe('epochs');
    expect(nearest('colour', ['cells', 'epochs'])).toBeUndefined();
  });
});
