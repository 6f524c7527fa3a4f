import { describe, expect, it } from 'vitest';
import { attacks } from '../../../core/attacks/index.ts';
import { createRng } from '../../../core/base/rng.ts';
import { readNetwork } from '../../../core/engine/networkFile.ts';
import { createDatasetHost } from '../../../headless/host/engineHost.ts';
import { openDataset } from '../../../core/datasets/index.ts';
import { loadSplits } from '../../../core/datasets/splits.ts';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { openNetwork } from '../../../core/training/networkSession.ts';
import { recipes } from '../../../core/training/recipes/index.ts';
import { robustAccuracy } from '../../../core/training/robustAccuracy.ts';
import { openForTest } from '../../helpers/executors.ts';
import { begin, goOn, smallConfig, stopAfter, substance } from './smallRun.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';

const { search } = smallConfig();

describe('a training', () => {
  it.each([
    ['standard', 'trainAccuracy', 'adversarialTrainAccuracy'],
    ['fast-at', 'adversarialTrainAccuracy', 'trainAccuracy'],
  ])('by %s records its %s', async (id, named, other) => {
    const config = smallConfig({
      search: { ...search, strategy: { id: 'random', config: { samples: 1 } }, budget: {} },
      retrain: { recipe: { id }, epochs: 1, batchSize: 32 },
    });
    const { events } = await begin(config, ['search', 'retrain']);
    const steps = events.filter((e) => e.kind === 'step' && e.phase === 'retrain');
    expect(steps).toHaveLength(3);
    for (const step of steps) {
      expect(step).toHaveProperty(['metrics', named]);
      expect(step).not.toHaveProperty(['metrics', other]);
    }
  });
});

describe('the validation images after an epoch', () => {
  const cell = {
    edges: [
      { op: 'sep_conv_3x3' as const, from: 0 },
      { op: 'skip_connect' as const, from: 1 },
    ],
    concat: [2],
  };
  const trained = (id: string, settings: Record<string, unknown> = {}): RunConfig =>
    smallConfig({
      genotype: { normal: cell, reduce: cell },
      data: { source: 'shapes10', imageSize: 8, crop: 0, limit: 400, testLimit: 20 },
      network: { cells: 3, channels: 4, dropPath: 0 },
      retrain: { recipe: { id, config: settings }, epochs: 3, batchSize: 16, learningRate: 0.1 },
    });

  it('are not attacked where the recipe attacks nothing', async () => {
    const { events } = await begin(trained('standard'), ['retrain']);
    const metrics = events.flatMap((e) => (e.kind === 'epoch' ? [Object.keys(e.metrics)] : []));
    expect(metrics).toEqual([['validationAccuracy'], ['validationAccuracy'], ['validationAccuracy']]);
  });

  it.each([
    ['pgd-at', { epsilon: 1 / 255, steps: 2, ramp: 1 }, { steps: 2 }],
    ['fast-at', { epsilon: 1 / 255 }, { steps: 10 }],
  ])('are attacked by PGD with the full ε of %s', async (id, settings, expected) => {
    const config = trained(id, settings);
    const { events, files } = await begin(config, ['retrain']);
    const measured = events.flatMap((e) =>
      e.kind === 'epoch' ? [e.metrics.adversarialValidationAccuracy] : [],
    );
    expect(measured).toHaveLength(3);

    const dataset = await openDataset(config.data, config.seed, createDatasetHost());
    const { validation } = await loadSplits(await files.readText('splits.json'), dataset);
    const { network, weights, statistics } = await readNetwork(files, 'networks/found.safetensors');
    const session = openNetwork(await openForTest(config.executor), {
      id: 'network.again',
      network,
      batch: { batchSize: 5, imageSize: 8, imageChannels: 3 },
      auxiliaryWeight: 0,
      start: { weights, statistics },
    });
    const attack = recipes.get(id).validationAttack?.(config.retrain.recipe.config);
    if (attack === undefined) throw new Error('the recipe names no attack');
    expect(attack).toMatchObject({
      norm: 'linf',
      epsilon: 1 / 255,
      restarts: 1,
      randomStart: true,
      ...expected,
    });
    const again = await robustAccuracy(
      session,
      dataset.train,
      validation,
      attacks.get('pgd'),
      attack,
      createRng(config.seed, 'validation attack'),
    );
    expect(again.accuracy).toBeGreaterThan(0);
    expect(measured[2]).toBe(again.accuracy);
  });

  it('change nothing in the training, stopped and gone on with or not', async () => {
    const config = trained('pgd-at', { epsilon: 6 / 255, steps: 2 });
    const whole = await begin(config, ['retrain']);
    const part = await begin(config, ['retrain'], stopAfter(7));
    const rest = await goOn(memoryFiles(part.files.disk));
    expect(substance(rest.events)).toEqual(substance(whole.events));
    expect(rest.files.disk.get('networks/found.safetensors')).toEqual(
      whole.files.disk.get('networks/found.safetensors'),
    );
  });
});
