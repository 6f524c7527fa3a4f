import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../../core/engine/presets.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { genotypes } from '../../../core/searchSpace/library.ts';
import { retrainConfig } from '../../../headless/cli/commands/retrain.ts';
import { searchConfig, toSearch } from '../../../headless/cli/commands/search.ts';
import { completeConfig } from '../../../headless/cli/completeConfig.ts';
import { buildProgram } from '../../../headless/cli/main.ts';
import type { Tree } from '../../../core/config/tree.ts';

const shapes = { data: { source: 'shapes10' } };

describe('the configuration of a search', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'cellsmith-'))));
  afterEach(() => rm(folder, { recursive: true }));
  const file = async (value: unknown): Promise<string> => {
    const path = join(folder, 'experiment.json');
    await writeFile(path, JSON.stringify(value));
    return path;
  };

  it('comes from preset, file and options; the later wins', async () => {
    const config = await file({ ...shapes, seed: 5, search: { epochs: 7, cells: 5 } });
    const whole = await searchConfig({ preset: 'quick', config }, { search: { epochs: 9 } });
    expect(whole).toMatchObject({ name: 'quick', seed: 5, search: { epochs: 9, cells: 5, channels: 8 } });
  });

  it('takes the settings of a run that trained a given genotype, and searches for one; a file says two things', async () => {
    const others = await searchConfig({ preset: 'quick' }, shapes);
    const whole = { ...others, genotype: genotypes.get('DARTS_V2').genotype };
    for (const config of [folder, join(folder, 'run.json')])
      expect(await toSearch({ config }, whole)).toEqual(others);
    for (const given of [{ config: join(folder, 'experiment.json') }, {}])
      expect(await toSearch(given, whole)).toBe(whole);
  });

  it('is on record with every setting of its strategy and recipe', async () => {
    const { search, retrain } = await searchConfig({ preset: 'quick' }, shapes);
    expect(search.strategy.config).toMatchObject({ order: 'second', momentum: 0.9, epsilon: 2 / 255 });
    expect(retrain.recipe).toMatchObject({ id: 'fast-at', config: { epsilon: 4 / 255 } });
  });

  it('keeps of the preset what another strategy knows too', async () => {
    const { strategy } = (await searchConfig({ preset: 'quick', strategy: 'darts' }, shapes)).search;
    expect(strategy).toMatchObject({ id: 'darts', config: { archLearningRate: 0.01 } });
    expect(strategy.config).not.toHaveProperty('objectives');
  });

  it('takes nothing of the preset for a strategy that the file names', async () => {
    const config = await file({ ...shapes, search: { strategy: { id: 'random', config: { samples: 3 } } } });
    const { strategy } = (await searchConfig({ preset: 'quick', config }, {})).search;
    expect(strategy).toEqual({ id: 'random', config: { samples: 3 } });
  });

  it('takes settings of the default strategy without its being named', async () => {
    const options = { ...shapes, search: { strategy: { config: { epsilon: 0.01 } } } };
    const { strategy } = (await searchConfig({}, options)).search;
    expect(strategy).toMatchObject({ id: 'e2rnas', config: { epsilon: 0.01 } });
  });

  it('repeats itself when read back from the record', async () => {
    const first = await searchConfig({ preset: 'demo' }, {});
    expect(await searchConfig({ config: await file(first) }, {})).toEqual(first);
  });

  it.each([
    [{ config: { search: { epocs: 3 } } }, /experiment\.json: search\.epocs/],
    [
      { config: { ...shapes, search: { strategy: { id: 'darts', config: { epsilon: 1 } } } } },
      /search\.strategy\.config\.epsilon/,
    ],
    [{ strategy: 'dats' }, /no strategy named 'dats'/],
    [{ retrainRecipe: 'pdg' }, /no recipe named 'pdg'/],
    [{}, /which images to use/],
  ])('refuses %j', async (all, message) => {
    const { config, ...given }: { config?: unknown; strategy?: string; retrainRecipe?: string } = all;
    const path = config === undefined ? {} : { config: await file(config) };
    await expect(searchConfig({ ...given, ...path }, {})).rejects.toThrow(message);
  });

  it.each([
    [{ data: { source: 'cifar11' } }, /no dataset named/],
    [{ ...shapes, exports: ['onx'] }, /no exporter named/],
    [{ ...shapes, executor: 'cuda' }, /no executor named/],
    [
      { ...shapes, retrain: { recipe: { id: 'pgd-at', config: { epsilom: 1 } } } },
      /retrain\.recipe\.config\.epsilom/,
    ],
  ])('looks up every choice: %j', async (tree, message) => {
    await expect(completeConfig(tree, '')).rejects.toThrow(message);
  });
});

describe('the configuration of a retraining', () => {
  it('is that of the run with another recipe and other settings', async () => {
    const before = await completeConfig(presets.get('demo').config as Tree, '');
    const after = await retrainConfig(before, 'pgd-at', {
      retrain: { epochs: 2, recipe: { config: { steps: 3 } } },
    });
    expect(after.retrain).toMatchObject({
      epochs: 2,
      batchSize: 64,
      recipe: { id: 'pgd-at', config: { steps: 3, epsilon: 4 / 255 } },
    });
    expect({ ...after, retrain: 0 }).toEqual({ ...before, retrain: 0 });
    expect(RunConfig.parse(after)).toEqual(after);
  });
});

describe('the options of a strategy', () => {
  const flags = async (...argv: string[]): Promise<readonly (string | undefined)[]> => {
    const command = (await buildProgram(argv)).commands.find((one) => one.name() === argv[0]);
    return command?.options.map(({ long }) => long ?? undefined) ?? [];
  };

  it('are those of the strategy chosen, by option, file or preset', async () => {
    expect(await flags('search')).toContain('--strategy-epsilon');
    expect(await flags('search', '--strategy', 'darts')).not.toContain('--strategy-epsilon');
    expect(await flags('search', '--strategy=random')).toContain('--strategy-samples');
    expect(await flags('search', '--preset', 'quick')).toContain('--strategy-objectives');
  });

  it('and those of the recipe', async () => {
    expect(await flags('retrain', '--recipe', 'pgd-at')).toContain('--recipe-epsilon');
    expect(await flags('retrain', '--recipe', 'standard')).not.toContain('--recipe-epsilon');
  });
});
