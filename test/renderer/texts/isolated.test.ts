import { expect, it } from 'vitest';
import { isolated } from '../../../renderer/texts/isolated.ts';

it('leaves names alone that run from left to right', () => {
  for (const name of ['demo', 'Ångström, 50 %', '猫', '']) expect(isolated(name)).toBe(name);
});

it('encloses names that turn around', () => {
  expect(isolated('a\u202eb')).toBe('\u2068a\u202eb\u2069');
  expect(isolated('חתול')).toBe('\u2068חתול\u2069');
});

it('is not broken out of, nor left open by what is in it, and may be enclosed again', () => {
  expect(isolated('a\u2069\u202eb')).toBe('\u2068a\u202eb\u2069');
  expect(isolated('a\u2067b')).toBe('\u2068a\u2067b\u2069\u2069');
  const once = `${isolated('a\u202eb')}, baseline`;
  expect(isolated(once)).toBe(`\u2068${once}\u2069`);
});
