import { describe, expect, it } from 'vitest';
import { moduleSource } from '../../../../core/exporters/pytorch/moduleSource.ts';
import { NETWORKS, trained } from '../trainedNetworks.ts';

const [everything, nasnet, skips] = NETWORKS.map((network) => moduleSource(trained(network)));

describe('moduleSource', () => {
  it('defines the classes that the genotype uses and no others', () => {
    const classes = (source: string) => [...source.matchAll(/^class (\w+)/gm)].map(([, name]) => name);
    const always = ['Stem', 'Cell', 'Network'];
    expect(classes(everything)).toEqual([
      'ReluConvNorm',
      'FactorizedReduce',
      'Separable',
      'TwiceSeparable',
      'Zero',
      ...always,
    ]);
    expect(classes(nasnet)).toEqual([
      'ReluConvNorm',
      'FactorizedReduce',
      ...['Separable', 'TwiceSeparable', 'Conv7x1And1x7', 'Zero'],
      ...always,
    ]);
    expect(classes(skips)).toEqual(['ReluConvNorm', 'FactorizedReduce', 'Zero', ...always]);
  });

  it('carries names as literals that Python cannot mistake for code', () => {
    const name = 'a"""\n\\ b';
    const source = moduleSource({ ...trained(NETWORKS[2]), name, classes: ['"]; import os', 'Käfer', '🐞'] });
    expect(source).toContain('NAME = "a\\"\\"\\"\\n\\\\ b"\n');
    expect(source).toContain('    "\\"]; import os",\n    "Käfer",\n    "🐞",\n');
  });

  it('keeps to 110 columns and ends lines without spaces', () => {
    for (const line of everything.split('\n').filter((l) => !l.includes('class "'))) {
      expect(line.length).toBeLessThanOrEqual(110);
      expect(line).toBe(line.trimEnd());
    }
  });
});
