import { expect, it } from 'vitest';
import { fromUnit, inUnit, shortIn, typedIn } from '../../../../../renderer/pages/guide/budget/units.ts';
import { readNumber } from '../../../../../renderer/ui/readNumber.ts';

/** Half a step in the sixth digit, in which sizes are written. */
const SIX_DIGITS = 5e-6;

it('counts four bytes for a parameter, and MACs in millions', () => {
  expect(inUnit('megabytes', 250_000)).toBe(1);
  expect(fromUnit('megabytes', 0.4)).toBe(100_000);
  expect(fromUnit('macs', 7.1)).toBe(7_100_000);
  expect(fromUnit('params', 27_000.4)).toBe(27_000);
  expect(fromUnit('macs', Number.NaN)).toBeNaN();
});

it.each(['params', 'megabytes', 'macs'] as const)('writes %s as the field reads them again', (unit) => {
  for (const value of [0, 45_690, 1_370_134, 27_000_000]) {
    const typed = readNumber(typedIn(unit, value));
    expect(Math.abs(fromUnit(unit, typed ?? Number.NaN) - value)).toBeLessThanOrEqual(value * SIX_DIGITS);
  }
  expect(readNumber(typedIn('params', 1_370_134))).toBe(1_370_134);
});

it('says sizes in short', () => {
  expect([shortIn('params', 27_000), shortIn('megabytes', 27_000), shortIn('macs', 7_100_000)]).toEqual([
    '27.0\u202fk',
    '108\u202fkB',
    '7.10\u202fM',
  ]);
});
