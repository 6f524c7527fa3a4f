import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGenotype, printGenotype } from '../../../core/searchSpace/genotypeText.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { anyGenotype, thrown } from './spaces.ts';

const DARTS_V2 = `DARTS_V2 = Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])`;

const EDGES = "[('max_pool_3x3', 0), ('skip_connect', 1)]";
const SHORT = `Genotype(normal=${EDGES}, normal_concat=[2], reduce=${EDGES}, reduce_concat=[2])`;

describe('the text of a genotype', () => {
  it('is the one that DARTS prints', () => {
    expect(parseGenotype(DARTS_V2)).toEqual(genotypes.get('DARTS_V2').genotype);
    expect(printGenotype(genotypes.get('DARTS_V2').genotype, 'DARTS_V2')).toBe(DARTS_V2);
  });

  it('says all there is to say: any genotype comes back', () => {
    fc.assert(
      fc.property(anyGenotype, fc.boolean(), (genotype, withName) => {
        expect(parseGenotype(printGenotype(genotype, withName ? 'found_1' : undefined))).toEqual(genotype);
      }),
    );
  });

  it('is read in the other ways in which people write it', () => {
    const expected = parseGenotype(SHORT);
    const variants = [
      `  ${SHORT}\n\n`,
      SHORT.replaceAll("'", '"'),
      SHORT.replaceAll(', ', ','),
      SHORT.replaceAll(', ', ' ,\r\n\t'),
      SHORT.replaceAll('[2]', 'range(2, 3)'),
      SHORT.replaceAll(')]', '),]').replace(/\)$/, ',)'),
      `best=${SHORT}  # epoch 49`,
      `genotypes.${SHORT}`,
      `Genotype(reduce_concat=[2], reduce=${EDGES}, normal_concat=[2], normal=${EDGES})`,
    ];
    for (const text of variants) expect(parseGenotype(text), text).toEqual(expected);
  });

  it.each([
    ['', 'the end of the text'],
    ['DARTS_V2', "'DARTS_V2' instead of"],
    ['DARTS_V2 =', 'the end of the text'],
    ['{"normal": []}', 'line 1, column 1 has "{"'],
    [SHORT.replace('Genotype', 'Cell'), "'Cell'"],
    [`${SHORT} and more`, "'and'"],
    [SHORT.slice(0, -1), 'the end of the text'],
    [SHORT.replace("'max_pool_3x3'", "'max_pool_4x4'"), 'max_pool_4x4'],
    [SHORT.replace("'max_pool_3x3'", 'max_pool_3x3'), 'the name of an operation in quotes'],
    [SHORT.replace(', normal_concat=[2]', ''), "'normal_concat' is missing"],
    ['Genotype()', "'normal', 'normal_concat', 'reduce', 'reduce_concat' are missing"],
    [SHORT.replace('normal_concat=[2]', `normal=${EDGES}`), "'normal' stands twice"],
    [SHORT.replace('normal_concat', 'normal_concatenation'), 'one of normal, normal_concat'],
    [SHORT.replace("('max_pool_3x3', 0)", "('max_pool_3x3', 2)"), 'cannot read state 2'],
    [SHORT.replace("('max_pool_3x3', 0)", "('max_pool_3x3', -1)"), 'has no place here'],
    [SHORT.replace("('max_pool_3x3', 0), ", ''), 'two edges for each'],
    [SHORT.replace('[2]', '[3]'), 'no state 3'],
    [SHORT.replace('[2]', '[]'), 'concat names no state'],
    [SHORT.replace('[2]', 'range(2, 1000000000000)'), 'no state'],
  ])('that is wrong is refused: %s', (text, problem) => {
    const error = thrown(() => parseGenotype(text));
    expect(error.code).toBe('genotype-text');
    expect(error.message).toContain(problem);
    expect(error.hint).toContain('Genotype(normal=');
  });

  it('names line and column of what is wrong', () => {
    expect(thrown(() => parseGenotype('Genotype(\n  normal=%)')).message).toContain('line 2, column 10');
  });

  it('is refused with such an error whatever it is', () => {
    const pieces = fc.constantFrom(
      'Genotype',
      '(',
      ')',
      '[',
      ']',
      ',',
      '=',
      "'none'",
      '0',
      'range',
      'normal',
      ' ',
      '\n',
      '#',
      "'",
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        expect(thrown(() => parseGenotype(parts.join(''))).code).toBe('genotype-text');
      }),
    );
  });
});
