import { describe, expect, it } from 'vitest';
import { RunConfig } from '../../../../core/runs/runConfig.ts';
import { countNetwork } from '../../../../core/searchSpace/cost.ts';
import { genotypes } from '../../../../core/searchSpace/library.ts';
import { withinBudget } from '../../../../core/searchSpace/range.ts';
import { retrainConfig, retrainPhases } from '../../../../renderer/studio/model/retrainPlan.ts';

const { genotype } = genotypes.get('DARTS_V2');
const skeleton = { cells: 6, channels: 8, classes: 10, imageSize: 32, imageChannels: 3 };
const settings = {
  name: 'old',
  data: { source: 'cifar10:/data' },
  search: { budget: { maxParams: 5 }, space: { primitives: ['none', 'skip_connect'], nodes: 2 } },
  network: { cells: 20, dropPath: 0.3 },
  retrain: { epochs: 7 },
};
const wish = { name: 'new', genotype, skeleton, baseline: false };

describe('the experiment that trains a genotype', () => {
  it('keeps data and recipe, and takes cell, name and network from the studio', () => {
    expect(retrainConfig(settings, wish)).toEqual({
      ...settings,
      name: 'new',
      genotype,
      search: { budget: {}, space: { primitives: ['none', 'skip_connect'], nodes: 4 } },
      network: { cells: 6, channels: 8, dropPath: 0.3 },
    });
    expect(RunConfig.safeParse(retrainConfig(settings, wish)).success).toBe(true);
  });

  it('bounds the random baseline by the size of the cell itself', () => {
    const config = RunConfig.parse(retrainConfig(settings, { ...wish, baseline: true }));
    const { params, macs } = countNetwork(genotype, skeleton);
    const { budget } = config.search;
    expect(withinBudget(budget, { params, macs })).toBe(true);
    expect(withinBudget(budget, { params: params * 1.2, macs })).toBe(false);
    expect(withinBudget(budget, { params: params * 0.8, macs })).toBe(false);
  });

  it('leaves the network of the settings where none was counted', () => {
    expect(retrainConfig(settings, { ...wish, skeleton: undefined }).network).toEqual(settings.network);
  });

  it('changes nothing of what it was given', () => {
    const before = structuredClone(settings);
    retrainConfig(settings, { ...wish, baseline: true });
    expect(settings).toEqual(before);
  });
});

it('the phases have no search, and a baseline where it is wished', () => {
  expect(retrainPhases(false)).toEqual(['retrain', 'evaluate', 'export']);
  expect(retrainPhases(true)).toEqual(['retrain', 'baseline', 'evaluate', 'export']);
});
