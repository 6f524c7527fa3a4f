import { describe, expect, it } from 'vitest';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { genotypeProblems } from '../../../core/searchSpace/trainable.ts';

const { genotype } = genotypes.get('DARTS_V2');
const { reduce } = genotype;

describe('a genotype that shall be trained', () => {
  it('may be any published one but those with ‘none’', () => {
    const refused = genotypes.all.filter((one) => genotypeProblems(one.genotype).length > 0);
    expect(refused.map(({ id }) => id)).toEqual(['ENNAS', 'ENNAS_PR']);
  });

  it('has no edge that passes nothing on; each one is named with its cell and place', () => {
    const edges = reduce.edges.with(3, { op: 'none', from: 1 });
    expect(genotypeProblems({ ...genotype, reduce: { ...reduce, edges } })).toEqual([
      { cell: 'reduce', message: expect.stringMatching(/^edge 3, from state 1 into node 1, is ‘none’/) },
    ]);
  });

  it('concatenates no input of a reduction cell, whose size is another', () => {
    const both = { ...genotype.normal, concat: [1, 2, 3] };
    expect(genotypeProblems({ normal: both, reduce })).toEqual([]);
    expect(genotypeProblems({ ...genotype, reduce: { ...reduce, concat: [0, 2] } })).toMatchObject([
      { cell: 'reduce', message: expect.stringMatching(/state 0/) },
    ]);
  });

  it('may read one state twice in a node', () => {
    const edges = genotype.normal.edges.with(0, { op: 'sep_conv_3x3', from: 1 });
    expect(genotypeProblems({ ...genotype, normal: { ...genotype.normal, edges } })).toEqual([]);
  });

  it('is checked with the configuration that holds it', () => {
    expect(RunConfig.parse({ genotype }).genotype).toEqual(genotype);
    const parsed = RunConfig.safeParse({ genotype: genotypes.get('ENNAS').genotype });
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'genotype.normal',
      'genotype.reduce',
      'genotype.reduce',
    ]);
  });
});
