import { describe, expect, it } from 'vitest';
import { Genotype } from '../../../core/searchSpace/genotype.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { thrown } from './spaces.ts';

describe('the published genotypes', () => {
  it('are valid, of four nodes, and say where they come from', () => {
    expect(genotypes.all.length).toBe(13);
    for (const { id, genotype, source, title } of genotypes.all) {
      expect(Genotype.safeParse(genotype).success, id).toBe(true);
      expect([genotype.normal.edges.length, genotype.reduce.edges.length]).toEqual([8, 8]);
      expect(genotype.normal.concat).toEqual([2, 3, 4, 5]);
      expect(source).toMatch(/20(19|20)/);
      expect(title).not.toBe('');
    }
  });

  it('read two distinct states per node and have no none, save those of EN²AS', () => {
    for (const { id, genotype } of genotypes.all) {
      const regular = [genotype.normal, genotype.reduce].every(({ edges }) =>
        edges.every(({ op, from }, i) => op !== 'none' && from !== edges[i ^ 1].from),
      );
      expect(regular, id).toBe(!id.startsWith('ENNAS'));
    }
  });

  it('are all different', () => {
    const texts = genotypes.all.map(({ genotype }) => JSON.stringify(genotype));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('are found by id', () => {
    expect(genotypes.get('DARTS_V2').dataset).toBe('CIFAR-10');
    expect(thrown(() => genotypes.get('DARTS_V3')).hint).toContain('DARTS_V2');
  });
});
