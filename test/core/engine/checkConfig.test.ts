import { describe, expect, it } from 'vitest';
import type { Tree } from '../../../core/config/tree.ts';
import type { KnownImage } from '../../../core/datasets/source.ts';
import { checkConfig } from '../../../core/engine/checkConfig.ts';
import { completeConfig } from '../../../core/engine/completeConfig.ts';
import { presets } from '../../../core/engine/presets.ts';
import { CheckedConfig } from '../../../core/protocol/libraryApi.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { loadExecutors } from '../../../headless/host/executors.ts';

const executors = await loadExecutors();

/** 'path: message' of each issue. */
function wrong(input: Tree, image?: KnownImage): readonly string[] {
  const checked = checkConfig(input, executors, image);
  expect(CheckedConfig.parse(checked)).toEqual(checked);
  return checked.ok ? [] : checked.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
const paths = (input: Tree, image?: KnownImage) => wrong(input, image).map((issue) => issue.split(': ')[0]);

const SMALL: KnownImage = { classes: 10, imageSize: 16, imageChannels: 3 };
const folder = (rest: Tree): Tree => ({
  ...rest,
  data: { source: 'folder:/data/pets', ...(rest.data ?? {}) },
});

describe('a configuration without mistakes', () => {
  it.each(presets.all.map(({ id, config }) => ({ id, config })))('is filled in: $id', ({ config }) => {
    const checked = checkConfig(config as Tree, executors);
    expect(checked).toEqual({ ok: true, config: completeConfig(config as Tree, '', executors) });
    if (checked.ok) expect(checked.config.search.strategy.config).toHaveProperty('archLearningRate');
  });

  it('is left as it was given', () => {
    const input = { search: { epochs: 0, cells: 8 } };
    wrong(input);
    expect(input).toEqual({ search: { epochs: 0, cells: 8 } });
  });
});

describe('what is wrong with a configuration', () => {
  it('is told all at once, by field', () => {
    expect(
      paths({
        data: { source: 'cifar11:/x', weightsShare: 0.7, alphasShare: 0.7 },
        search: { strategy: { id: 'e2rnas', config: { order: 'third', epsilon: 3 } }, cells: 2, epocs: 3 },
        retrain: { recipe: { id: 'magic' } },
        evaluate: [{ epsilon: 8 }, { restarts: 3, randomStart: false }],
        exports: ['onnx', 'zip'],
        executor: 'quantum',
      }).toSorted(),
    ).toEqual([
      'data.alphasShare',
      'data.source',
      'evaluate.0.epsilon',
      'evaluate.1.restarts',
      'executor',
      'exports.1',
      'retrain.recipe.id',
      'search.cells',
      'search.epocs',
      'search.strategy.config.epsilon',
      'search.strategy.config.order',
    ]);
  });

  it.each<[string, Tree, KnownImage | undefined, string, RegExp]>([
    ['a number as a word', { seed: 'one' }, undefined, 'seed', /must be a number/],
    ['an unknown setting', { search: { epocs: 1 } }, undefined, 'search.epocs', /no such setting/],
    ['a strategy without id', { search: { strategy: {} } }, undefined, 'search.strategy.id', /missing/],
    [
      'an unknown strategy',
      { search: { strategy: { id: 'daarts' } } },
      undefined,
      'search.strategy.id',
      /daarts/,
    ],
    [
      'an unknown objective',
      { search: { strategy: { id: 'e2rnas', config: { objectives: [{ id: 'luck' }] } } } },
      undefined,
      'search.strategy.config.objectives.0.id',
      /no objective 'luck'/,
    ],
    [
      'a bound that the budget lacks',
      {
        search: {
          strategy: {
            id: 'e2rnas',
            config: { objectives: [{ id: 'expectedMacs', config: { bound: 'max' } }] },
          },
        },
      },
      undefined,
      'search.strategy.config.objectives.0',
      /upper bound on the MACs in the budget/,
    ],
    [
      'a recipe’s radius',
      { retrain: { recipe: { id: 'pgd-at', config: { epsilon: 8 } } } },
      undefined,
      'retrain.recipe.config.epsilon',
      /1/,
    ],
    ['a path left out', { data: { source: 'cifar10' } }, undefined, 'data.source', /needs a path/],
    [
      'no seed of pictures',
      { data: { source: 'shapes10:red' } },
      undefined,
      'data.source',
      /does not name a seed/,
    ],
    [
      'bounds that cross',
      { search: { budget: { minParams: 2, maxParams: 1 } } },
      undefined,
      'search.budget',
      /lower bound/,
    ],
    [
      'a budget out of reach',
      { search: { budget: { maxParams: 100 } } },
      undefined,
      'search.budget',
      /at most 100 parameters/,
    ],
    [
      'a budget out of reach of images that were looked at',
      folder({ search: { budget: { maxParams: 100 } } }),
      SMALL,
      'search.budget',
      /No network/,
    ],
    [
      'parts of channels that are not whole',
      { search: { channels: 16, partialChannels: 3 } },
      undefined,
      'search.partialChannels',
      /One part in 3 of the 16 channels/,
    ],
    ['no part at all', { search: { partialChannels: 0 } }, undefined, 'search.partialChannels', /1/],
    [
      'half a part',
      { search: { partialChannels: 1.5 } },
      undefined,
      'search.partialChannels',
      /whole number/,
    ],
    ['two cells', { search: { cells: 2 } }, undefined, 'search.cells', /reduction cells only/],
    ['pixels that cannot be halved twice', { data: { imageSize: 30 } }, undefined, 'data.imageSize', /30×30/],
    [
      'such pixels of the images themselves',
      folder({}),
      { ...SMALL, imageSize: 30 },
      'data.imageSize',
      /30×30/,
    ],
    [
      'no place for the auxiliary head',
      folder({ data: { imageSize: 16 }, network: { auxiliary: true } }),
      undefined,
      'network.auxiliary',
      /4×4/,
    ],
    [
      'too few images for the classes',
      { data: { limit: 19 }, search: { batchSize: 2 }, retrain: { batchSize: 2 } },
      undefined,
      'data.limit',
      /each of the 10 classes/,
    ],
    [
      'a batch larger than its split',
      { data: { limit: 200, weightsShare: 0.2 }, search: { batchSize: 64 }, retrain: { batchSize: 64 } },
      undefined,
      'search.batchSize',
      /weights split, which will have 40 at most/,
    ],
    [
      'a batch larger than the training',
      { data: { limit: 100 }, search: { batchSize: 32 } },
      undefined,
      'retrain.batchSize',
      /90 at most/,
    ],
  ])('is found before anything runs: %s', (_, input, image, path, message) => {
    const found = wrong(input, image);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}: `));
    expect(found[0]).toMatch(message);
  });

  it('comes with a remedy', () => {
    const checked = checkConfig({ search: { epocs: 1, epochs: 0 }, executor: 'gpu' }, executors);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    const hints = Object.fromEntries(checked.issues.map(({ path, hint }) => [path.join('.'), hint]));
    expect(hints).toEqual({
      'search.epocs': "Did you mean 'search.epochs'?",
      'search.epochs': expect.stringContaining('≥ 1') as unknown,
      executor: expect.stringContaining('onnx-cpu') as unknown,
    });
  });
});

describe('checks that need a field', () => {
  it('are left out where it is wrong, since they would speak of another value', () => {
    // With the standard of 20 cells the budget would be out of reach.
    expect(paths({ network: { cells: 0 }, search: { budget: { maxParams: 20_000 } } })).toEqual([
      'network.cells',
    ]);
    expect(paths({ data: { source: 'folder' }, search: { budget: { maxParams: 1 } } })).toEqual([
      'data.source',
    ]);
  });

  it('are left out where nobody has looked at the images', () => {
    expect(wrong(folder({ search: { budget: { maxParams: 100 } } }))).toEqual([]);
    expect(wrong(folder({ network: { auxiliary: true } }))).toEqual([]);
  });

  it('take the size that images are brought to before their own', () => {
    const odd: KnownImage = { ...SMALL, imageSize: 30 };
    expect(wrong(folder({ data: { imageSize: 32 } }), odd)).toEqual([]);
  });

  it('ask nothing of a search where a genotype is given', () => {
    const input = { search: { cells: 2, batchSize: 64 }, data: { limit: 100 }, retrain: { batchSize: 8 } };
    expect(paths(input)).toEqual(['search.cells', 'search.batchSize']);
    expect(paths({ ...input, genotype: genotypes.get('DARTS_V2').genotype })).toEqual([]);
  });

  it('do not ask of a random draw what only a search by gradients needs', () => {
    const input = { data: { limit: 100 }, retrain: { batchSize: 8 } };
    expect(paths(input)).toEqual(['search.batchSize']);
    expect(paths({ ...input, search: { strategy: { id: 'random' } } })).toEqual([]);
  });
});
