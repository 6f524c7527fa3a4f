import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CellsmithError } from '../../../../core/base/errors.ts';
import { printGenotype } from '../../../../core/searchSpace/genotypeText.ts';
import { LONGEST_TEXT, readGenotype } from '../../../../renderer/studio/model/readGenotype.ts';
import { genotype } from '../arbitraries.ts';

function failure(text: string): CellsmithError {
  try {
    readGenotype(text);
  } catch (error) {
    if (error instanceof CellsmithError) return error;
    throw error;
  }
  throw new Error('it was read');
}

it('a genotype comes back from text, from JSON, and from an experiment file around it', () => {
  fc.assert(
    fc.property(genotype, (one) => {
      expect(readGenotype(printGenotype(one, 'Found'))).toEqual(one);
      expect(readGenotype(`\n ${JSON.stringify(one, undefined, 2)}`)).toEqual(one);
      expect(readGenotype(JSON.stringify({ name: 'x', genotype: one }))).toEqual(one);
    }),
    { seed: 51 },
  );
});

describe('what is no genotype', () => {
  it('is told with its place in JSON', () => {
    expect(failure('{"normal":\n  {"edges": [}}')).toMatchObject({
      code: 'genotype-json',
      message: 'This is not a genotype in JSON: line 2, column 14 is not JSON.',
    });
  });

  it('is told by field where the JSON is right', () => {
    const { message } = failure('{"normal": {"edges": [{"op": "sep", "from": 0}], "concat": [2]}}');
    expect(message).toContain('normal.edges.0.op');
  });

  it('is told with its place in text', () => {
    expect(failure("Genotype(normal=[('skip_connect' 0)])")).toMatchObject({ code: 'genotype-text' });
    expect(failure("Genotype(normal=[('skip_connect' 0)])").message).toContain('line 1, column 34');
  });

  it('is not read at all where it is far too long', () => {
    expect(failure('{'.repeat(LONGEST_TEXT + 1)).code).toBe('genotype-too-long');
  });

  it('always says what to do', () => {
    for (const text of ['', '{}', '[1]', 'x', '{"a": 1', '\u0000']) expect(failure(text).hint).not.toBe('');
  });
});
