/** Every strategy through the engine; what the test split may do; numbers that are none; odd but fair settings. */
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../core/engine/experiment.ts';
import { prepareExperiment } from '../../../core/engine/experiment.ts';
import { retrainPhase } from '../../../core/engine/retrainPhase.ts';
import { beginRun, planPhases } from '../../../core/engine/run.ts';
import { searchPhase } from '../../../core/engine/searchPhase.ts';
import type { Dataset } from '../../../core/datasets/imageSet.ts';
import { makeSplits } from '../../../core/datasets/splits.ts';
import type { RunConfig } from '../../../core/runs/runConfig.ts';
import { withinBudget } from '../../../core/searchSpace/range.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import type { Small } from './smallRun.ts';
import { begin, goOn, results, smallConfig, smallHost, stopAfter, substance } from './smallRun.ts';

const search = smallConfig().search;

describe('each strategy', () => {
  const strategies = [
    { id: 'darts', config: { order: 'first', validationBatches: 1 } },
    { id: 'random', config: { samples: 5 } },
    {
      id: 'e2rnas',
      config: {
        order: 'first',
        adversary: 'free',
        freeReplays: 2,
        objectives: [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'none' } }],
      },
    },
  ];
  it.each(strategies)(
    '$id finds a genotype inside the budget, the same when stopped and resumed',
    async (strategy) => {
      const budget = { minParams: 1500, maxParams: 3000 };
      const config = smallConfig({ search: { ...search, strategy, budget, epochs: 1 } });
      const whole = await begin(config, ['search']);
      const derived = whole.events.filter((e) => e.kind === 'derived');
      expect(derived.map((e) => e.strategy)).toEqual([strategy.id, 'baseline']);
      for (const found of derived) expect(withinBudget(budget, found)).toBe(true);
      const stopped = await begin(config, ['search'], stopAfter(2));
      expect(stopped.outcome).toBe('stopped');
      const resumed = await goOn(memoryFiles(stopped.files.disk));
      expect(results(resumed)).toEqual(results(whole));
      expect(substance(resumed.events)).toEqual(substance(whole.events));
    },
  );
});

/** Throws at whatever is asked of it. */
function untouchable<T extends object>(what: string): T {
  const refuse = (): never => {
    throw new Error(`${what} was touched`);
  };
  return new Proxy({} as T, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

/** Search and training over an experiment that is made by `change` from the usual one. */
async function searchAndTrain(
  config: RunConfig,
  change: (e: Experiment) => Promise<Experiment>,
): Promise<Small> {
  const files = memoryFiles();
  const host = smallHost(files);
  const run = await beginRun(host, config);
  await planPhases(run, config, ['search', 'retrain', 'baseline']);
  const experiment = await change(await prepareExperiment(config, host, () => undefined));
  await searchPhase(run, experiment, host);
  await retrainPhase(run, experiment, host, 'found');
  const outcome = await retrainPhase(run, experiment, host, 'random');
  await run.close();
  return { files, events: [...run.events], outcome };
}

describe('the test split', () => {
  const config = smallConfig({ search: { ...search, epochs: 1 } });

  it('that comes with the data is not even looked at before the evaluation', async () => {
    const run = await searchAndTrain(config, async (experiment) => ({
      ...experiment,
      dataset: { ...experiment.dataset, test: untouchable('the test part') },
      testImages: untouchable('the set of test images'),
      splits: { ...experiment.splits, test: untouchable('the list of test images') },
    }));
    expect(run.outcome).toBe('finished');
  });

  it('that was set aside from the training images changes nothing, whatever it shows', async () => {
    const withTest = (spoil: boolean) => async (experiment: Experiment) => {
      const { test: _test, ...alone } = experiment.dataset;
      const splits = await makeSplits(alone, config.data, config.seed);
      expect(splits.testFrom).toBe('train');
      const train = spoil ? spoiled(alone, splits.test) : alone.train;
      return { ...experiment, dataset: { ...alone, train }, testImages: train, splits };
    };
    const fair = await searchAndTrain(config, withTest(false));
    const spoilt = await searchAndTrain(config, withTest(true));
    expect(results(spoilt)).toEqual(results(fair));
    expect(substance(spoilt.events)).toEqual(substance(fair.events));
  });

  /** White images under the wrong label at these positions. */
  function spoiled({ train }: Dataset, positions: Uint32Array): Dataset['train'] {
    const size = train.pixels.length / train.count;
    const pixels = train.pixels.slice();
    const labels = train.labels.slice();
    for (const p of positions) {
      pixels.fill(255, p * size, (p + 1) * size);
      labels[p] = (labels[p] + 1) % train.classes.length;
    }
    return { ...train, pixels, labels };
  }
});

describe('the evaluation', () => {
  it('at ε = 0 equals the clean accuracy, and never lies above it', async () => {
    const evaluate = [
      { attack: 'fgsm', epsilon: 0 },
      { attack: 'pgd', epsilon: 0, steps: 2 },
      { attack: 'pgd', norm: 'l2', epsilon: 0, steps: 2 },
      { attack: 'pgd', epsilon: 0.05, steps: 2 },
    ] as const;
    const config = smallConfig({
      search: { ...search, strategy: { id: 'random', config: { samples: 1 } } },
      evaluate: [...evaluate],
    });
    const { events } = await begin(config, ['search', 'retrain', 'evaluate']);
    const evaluated = events.filter((e) => e.kind === 'evaluated');
    expect(evaluated.map((e) => e.label)).toEqual(['found']);
    const { clean, robust } = evaluated[0];
    expect(clean.accuracy).toBeGreaterThan(0);
    for (const { accuracy, largestPerturbation } of robust.slice(0, 3)) {
      expect(accuracy).toBe(clean.accuracy);
      expect(largestPerturbation).toBe(0);
    }
    expect(robust[3].accuracy).toBeLessThanOrEqual(clean.accuracy);
    expect(robust[3].largestPerturbation).toBeLessThanOrEqual(0.05);
  });
});

describe('numbers that are none', () => {
  it('in a search: the step is not taken, the state before it is kept, and it is said what happened', async () => {
    const absurd = {
      learningRate: 10,
      weightDecay: 1,
      clipNorm: 0,
      momentum: 0.99,
      order: 'first',
      validationBatches: 1,
    };
    const config = smallConfig({
      search: { ...search, strategy: { id: 'darts', config: absurd }, epochs: 30 },
    });
    const files = memoryFiles();
    await expect(begin(config, ['search'], {}, files)).rejects.toMatchObject({ code: 'not-a-number' });
    const stuck = await goOn(memoryFiles(files.disk)).catch((error: unknown) => error);
    // The same step fails again: nothing was spoilt, and nothing is pretended.
    expect(stuck).toMatchObject({ code: 'not-a-number' });

    const sane = smallConfig();
    const run = await goOn(memoryFiles(files.disk), {}, { config: sane, phases: ['search'] });
    expect(run.outcome).toBe('finished');
    const failures = run.events.filter((e) => e.kind === 'failed');
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatchObject({
      code: 'not-a-number',
      hint: expect.stringContaining('learning rate'),
    });
    expect(failures[1]).toMatchObject({ step: failures[0].step });
    // The new plan began at the beginning: it ends as a run of its own.
    const fresh = await begin(sane, ['search']);
    expect(results(run).get('search:weights.safetensors')).toBe(
      results(fresh).get('search:weights.safetensors'),
    );
  });

  it('in a training: the same', async () => {
    const random = { ...search, strategy: { id: 'random', config: { samples: 1 } } };
    const retrain = {
      epochs: 20,
      batchSize: 8,
      learningRate: 10,
      weightDecay: 1,
      clipNorm: 0,
      momentum: 0.99,
    };
    const files = memoryFiles();
    const config = smallConfig({ search: random, retrain });
    await expect(begin(config, ['search', 'retrain'], {}, files)).rejects.toMatchObject({
      code: 'not-a-number',
    });
    const sane = smallConfig({ search: random });
    const run = await goOn(memoryFiles(files.disk), {}, { config: sane, phases: ['retrain'] });
    expect(run.outcome).toBe('finished');
    const fresh = await begin(sane, ['search', 'retrain']);
    expect(results(run).get('networks/found.safetensors')).toBe(
      results(fresh).get('networks/found.safetensors'),
    );
  });
});

describe('a plan', () => {
  it('without images left to validate with goes through', async () => {
    const config = smallConfig({
      data: { ...smallConfig().data, weightsShare: 0.5, alphasShare: 0.5 },
      search: { ...search, epochs: 1 },
    });
    expect((await begin(config, ['search', 'retrain'])).outcome).toBe('finished');
  });

  it('whose training cannot be is refused before the search', async () => {
    const files = memoryFiles();
    const config = smallConfig({ retrain: { batchSize: 109 } });
    await expect(begin(config, ['search', 'retrain'], {}, files)).rejects.toMatchObject({
      code: 'batch-too-large',
      message: expect.stringContaining('training split, which has 108'),
    });
    const journal = new TextDecoder().decode(files.disk.get('events.jsonl'));
    expect(journal).toContain('"planned"');
    expect(journal).not.toContain('"phase":"search"');
  });

  it('that was never made is told, and not taken for one that is done', async () => {
    const files = memoryFiles();
    const run = await beginRun(smallHost(files), smallConfig());
    await run.close();
    await expect(goOn(files)).rejects.toMatchObject({
      code: 'no-plan',
      message: expect.stringContaining('memory'),
    });
  });
});
