import { describe, expect, it } from 'vitest';
import { isolated, withIsolatedNames } from '../../../renderer/texts/isolated.ts';

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

describe('a sentence of the program', () => {
  const shown = withIsolatedNames;

  it('stays as it is without such names', () => {
    for (const text of ["There is no 'demo' in the run's folder.", 'Images differ: ä, 猫.', ''])
      expect(shown(text)).toBe(text);
  });

  it('has names isolated, quoted or not, and its own marks outside of them', () => {
    expect(shown("The run's data set 'a\u202eb c' is gone.")).toBe(
      "The run's data set '\u2068a\u202eb c\u2069' is gone.",
    );
    expect(shown('There is no folder /data/חתול.')).toBe('There is no folder \u2068/data/חתול\u2069.');
    expect(shown('“a\u202eb” and ‘חתול’')).toBe('“\u2068a\u202eb\u2069” and ‘\u2068חתול\u2069’');
  });

  it('is not isolated twice', () => {
    for (const name of ['a\u202eb c', 'a\u2067b']) {
      const once = `‘${isolated(name)}’ is in the trash.`;
      expect(shown(once)).toBe(once);
    }
  });

  it('is not broken out of, nor left open', () => {
    expect(shown("'a\u2069\u202eb' is gone.")).toBe("'\u2068a\u202eb\u2069' is gone.");
    expect(shown("'a\u2068b\u202ec' is gone.")).toBe("'a\u2068b\u202ec'\u2069 is gone.");
  });

  it('shows what only a terminal understands', () => {
    expect(shown("'a\u001b[2Jb' is gone.")).toBe("'a\ufffd[2Jb' is gone.");
  });
});
