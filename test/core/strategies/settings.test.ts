/** No setting is without effect: for every field of every strategy there is a search that it changes. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { HostTensors } from '../../../core/compute/program.ts';
import { E2rnasSettings } from '../../../core/strategies/e2rnas/settings.ts';
import { strategies } from '../../../core/strategies/index.ts';
import type { SearchContext } from '../../../core/strategies/strategy.ts';
import type { Metrics } from '../../../core/training/process.ts';
import { snapshot, startSmall, takeSteps } from './smallSearch.ts';

/** What is looked at: the whole state after some steps, the metrics of every step, and the epoch's report. */
interface Seen {
  readonly alphas: HostTensors;
  readonly weights: HostTensors;
  readonly metrics: readonly Metrics[];
  readonly report: Metrics;
  readonly totalSteps: number;
}
type Part = keyof Seen;

interface Effect {
  /** Settings that both searches have. */
  readonly base?: object;
  /** Values that are compared with the default (or with the base), and with each other. */
  readonly values: readonly unknown[];
  /** After so many steps … */
  readonly steps: number;
  /** … these differ … */
  readonly differ: readonly Part[];
  /** … and these do not. */
  readonly same?: readonly Part[];
  /** Nothing at all differs after so many steps. */
  readonly nothingAfter?: number;
  readonly context?: Partial<SearchContext>;
}

const bothMove = { differ: ['alphas', 'weights'] as const };

/** Those of the bi-level searches; an epoch has four steps. */
const bilevel: Record<string, Effect> = {
  order: { values: ['first'], steps: 1, ...bothMove },
  learningRate: { values: [0.05], steps: 1, ...bothMove },
  learningRateMin: { values: [0.02], steps: 5, ...bothMove, nothingAfter: 4 },
  momentum: { values: [0, 0.5], steps: 2, ...bothMove, nothingAfter: 1 },
  weightDecay: { values: [0, 0.1], steps: 1, differ: ['weights'] },
  clipNorm: { base: { clipNorm: 0.1 }, values: [0, 0.01], steps: 2, differ: ['weights'] },
  archLearningRate: { values: [0.01], steps: 1, ...bothMove },
  archBeta1: { values: [0, 0.9], steps: 2, ...bothMove },
  archBeta2: { values: [0, 0.9], steps: 2, ...bothMove },
  archWeightDecay: { values: [0, 0.5], steps: 2, differ: ['alphas'] },
  archStartEpoch: { values: [1, 2], steps: 5, ...bothMove },
  hvpScale: { values: [0.05, 0.5], steps: 1, ...bothMove },
  validationBatches: {
    values: [0, 1, 2],
    steps: 1,
    differ: ['report'],
    same: ['alphas', 'weights', 'metrics'],
  },
};

const effects: Record<string, Record<string, Effect>> = {
  darts: bilevel,
  e2rnas: {
    ...bilevel,
    adversary: { values: ['none', 'fast', 'free'], steps: 1, differ: ['weights'] },
    epsilon: { values: [0, 8 / 255], steps: 1, differ: ['weights'] },
    stepSize: { values: [0.5, 2], steps: 1, differ: ['weights'] },
    freeReplays: {
      base: { adversary: 'free' },
      values: [1, 2],
      steps: 1,
      differ: ['weights', 'totalSteps'],
      same: ['alphas'],
    },
    cleanWeight: { values: [0.5, 1], steps: 1, differ: ['weights', 'metrics'], same: ['alphas'] },
    objectives: {
      values: [
        [{ id: 'expectedParams', config: { bound: 'min' } }],
        [{ id: 'validationLoss' }],
        [{ id: 'validationLoss' }, { id: 'adversarialValidationLoss' }],
        [{ id: 'validationLoss' }, { id: 'expectedMacs', config: { bound: 'none' } }],
      ],
      steps: 2,
      ...bothMove,
    },
    balancer: { values: ['sum'], steps: 2, differ: ['alphas', 'metrics'] },
    gradientNormalisation: { values: ['l2', 'loss', 'loss+'], steps: 2, differ: ['alphas', 'metrics'] },
  },
  random: {
    samples: { values: [1, 3], steps: 1, differ: ['totalSteps'] },
  },
};

/** Variants that need settings of their own. */
const further: { strategy: string; field: string; effect: Effect }[] = [
  {
    strategy: 'e2rnas',
    field: 'epsilon',
    effect: {
      base: { adversary: 'fast' },
      values: [0, 8 / 255],
      steps: 1,
      differ: ['weights'],
      same: ['alphas'],
    },
  },
  {
    strategy: 'e2rnas',
    field: 'epsilon',
    effect: {
      base: { adversary: 'free' },
      values: [0, 8 / 255],
      steps: 1,
      differ: ['weights'],
      same: ['alphas'],
    },
  },
  {
    strategy: 'e2rnas',
    field: 'stepSize',
    effect: { base: { adversary: 'fast' }, values: [0.5], steps: 1, differ: ['weights'], same: ['alphas'] },
  },
  {
    strategy: 'e2rnas',
    field: 'cleanWeight',
    effect: { base: { adversary: 'free' }, values: [1], steps: 1, differ: ['weights'], same: ['alphas'] },
  },
];

/** Below every network of the space, so that the default objective takes part. */
const budget = { minParams: 100_000 };

function fieldsOf(strategy: string): string[] {
  return Object.keys((strategies.get(strategy).config as z.ZodObject).shape);
}

async function see(
  strategy: string,
  settings: object,
  steps: number,
  context?: Partial<SearchContext>,
): Promise<Seen> {
  const process = await startSmall(strategy, settings, {
    ...(strategy === 'e2rnas' ? { budget } : {}),
    ...context,
  });
  const metrics = await takeSteps(process, steps);
  const { metrics: report } = await process.report();
  const { alphas, weights } = snapshot(process).tensors;
  return { alphas, weights, metrics, report, totalSteps: process.totalSteps };
}

async function check(strategy: string, field: string, effect: Effect): Promise<void> {
  const { base = {}, values, steps, differ, same = [], nothingAfter, context } = effect;
  const variants = [base, ...values.map((value) => ({ ...base, [field]: value }))];
  const seen: Seen[] = [];
  for (const settings of variants) seen.push(await see(strategy, settings, steps, context));
  seen.forEach((a, i) => {
    for (const [j, b] of seen.entries()) {
      if (j <= i) continue;
      const names = `${JSON.stringify(variants[i])} and ${JSON.stringify(variants[j])}`;
      for (const part of differ) expect(a[part], `${part} of ${names}`).not.toEqual(b[part]);
      for (const part of same) expect(a[part], `${part} of ${names}`).toEqual(b[part]);
    }
  });
  if (nothingAfter === undefined) return;
  const [plain, changed] = [
    await see(strategy, variants[0], nothingAfter),
    await see(strategy, variants[1], nothingAfter),
  ];
  expect(changed).toEqual(plain);
}

describe('every setting', () => {
  it.each(strategies.all.map(({ id }) => id))('of %s has a test here', (id) => {
    expect(Object.keys(effects[id] ?? {}).sort()).toEqual(fieldsOf(id).sort());
  });

  const listed = Object.entries(effects).flatMap(([strategy, fields]) =>
    Object.entries(fields).map(([field, effect]) => ({ strategy, field, effect })),
  );
  it.each([...listed, ...further])('$strategy: $field changes the search', ({ strategy, field, effect }) =>
    check(strategy, field, effect),
  );

  it.each(Object.keys(E2rnasSettings.shape))(
    '%s of E2RNAS is checked at other values than its default',
    (field) => {
      const standard = E2rnasSettings.parse({});
      const { values } = effects.e2rnas[field];
      for (const value of values) {
        const parsed = E2rnasSettings.parse({ [field]: value });
        expect(parsed[field as keyof E2rnasSettings]).not.toEqual(standard[field as keyof E2rnasSettings]);
      }
    },
  );
});

describe('what a setting means', () => {
  it('archStartEpoch leaves the alphas as they began until that epoch', async () => {
    const process = await startSmall('e2rnas', { archStartEpoch: 1 }, { budget });
    const start = snapshot(process).tensors;
    const metrics = await takeSteps(process, 4);
    expect(snapshot(process).tensors.alphas).toEqual(start.alphas);
    expect(snapshot(process).tensors.adam).toEqual(start.adam);
    expect(metrics.every((m) => !('loss.validationLoss' in m))).toBe(true);
    const [next] = await takeSteps(process, 1);
    expect(snapshot(process).tensors.alphas).not.toEqual(start.alphas);
    expect(next).toHaveProperty('loss.validationLoss');
  });

  it('free replays shorten the search, and each replay is a step of SGD', async () => {
    const { totalSteps } = await startSmall('e2rnas', { adversary: 'none' }, { budget });
    const free = await startSmall('e2rnas', { adversary: 'free', freeReplays: 4 }, { budget });
    expect(free.totalSteps).toBe(totalSteps / 4);
    await takeSteps(free, 2);
    const { state } = snapshot(free);
    expect(state).toMatchObject({ machine: { step: 2, weightSteps: 8, alphaSteps: 2 } });
  });

  it('the number of random genotypes is the number of steps', async () => {
    const process = await startSmall('random', { samples: 7 });
    const metrics = await takeSteps(process, 7);
    expect(process.position).toBe(process.totalSteps);
    expect((await process.report()).metrics).toEqual({ drawn: 7 });
    expect(metrics.every(({ params, macs }) => params > 0 && macs > 0)).toBe(true);
  });
});
