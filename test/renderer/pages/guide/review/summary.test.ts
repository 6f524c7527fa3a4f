import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../../../core/protocol/catalog.ts';
import { RunConfig } from '../../../../../core/runs/runConfig.ts';
import { attackWords, summaryOf } from '../../../../../renderer/pages/guide/review/summary.ts';

const entry = (id: string, title: string) => ({ id, title, settings: {} });
const catalog: Catalog = {
  strategies: [entry('e2rnas', 'E2RNAS')],
  objectives: [entry('validationLoss', 'Validation loss'), entry('expectedParams', 'Expected parameters')],
  attacks: [],
  recipes: [entry('standard', 'Standard training')],
  balancers: [entry('mgda', 'MGDA')],
  exporters: [],
  executors: [],
  datasets: [{ id: 'folder', title: 'Folders of images', path: { needed: true, description: '' } }],
  presets: [],
  runConfig: {},
};
const config = RunConfig.parse({
  data: { source: 'folder:/pets', limit: 4000, flip: false, crop: 0 },
  search: {
    budget: { maxParams: 27_000 },
    strategy: {
      id: 'e2rnas',
      config: {
        adversary: 'fgsm',
        epsilon: 2 / 255,
        objectives: [{ id: 'validationLoss' }, { id: 'expectedParams' }],
        balancer: 'mgda',
      },
    },
  },
  evaluate: [{ attack: 'pgd', epsilon: 4 / 255, steps: 10, limit: 500 }],
});
const factsOf = (step: keyof ReturnType<typeof summaryOf>, chosen = config) =>
  Object.fromEntries(summaryOf(chosen, catalog)[step]);

describe('the summary', () => {
  it('tells the data with its sample and augmentation', () => {
    expect(factsOf('data')).toEqual({
      'Data set': 'Folders of images: /pets',
      Images: '4,000 training, all test',
      'Image size': 'their own',
      Augmentation: 'none',
    });
  });

  it('tells partial channels where there are some', () => {
    expect(factsOf('space').Supernet).toBe('8 cells, 16 channels');
    const light = RunConfig.parse({ search: { partialChannels: 4 } });
    expect(factsOf('space', light).Supernet).toBe('8 cells, 16 channels, candidates on 1/4 of them');
  });

  it('tells bounds and objectives by their names', () => {
    expect(factsOf('budget')).toEqual({
      Parameters: 'at most 27.0\u202fk',
      Objectives: 'Validation loss, Expected parameters',
      'Weighed by': 'MGDA',
    });
  });

  it('tells an attack with norm, ε, steps, restarts and images', () => {
    expect(attackWords(config.evaluate[0])).toBe('PGD-10, L∞, ε = 4/255, 1 restart, 500 test images');
    expect(factsOf('threat')['In the search']).toBe('FGSM, L∞, ε = 2/255');
  });

  it('tells the defaults of the strategy where the experiment leaves them out', () => {
    const settings = {
      properties: { adversary: { default: 'fgsm' }, epsilon: { default: 8 / 255 }, order: {} },
    };
    const known = { ...catalog, strategies: [{ id: 'e2rnas', title: 'E2RNAS', settings }] };
    const facts = Object.fromEntries(summaryOf(RunConfig.parse({}), known).threat);
    expect(facts['In the search']).toBe('FGSM, L∞, ε = 8/255');
  });

  it('says so where nothing is attacked', () => {
    const tame = RunConfig.parse({ search: { strategy: { id: 'darts', config: {} } } });
    expect(factsOf('threat', tame)).toEqual({
      'In the search': 'no adversary',
      'Measured with': 'clean accuracy only',
    });
    expect(factsOf('budget', tame)).toEqual({ Parameters: 'not bounded' });
  });
});
