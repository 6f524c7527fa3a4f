/** E2RNAS with its parts switched off is DARTS, bit for bit; each part that is on makes a difference. */
import { describe, expect, it } from 'vitest';
import { smallContext, snapshot, startSmall, takeSteps } from './smallSearch.ts';

/** More than an epoch, so that the learning rate and the order of the images change. */
const STEPS = 6;

const withoutAdversary = { adversary: 'none', objectives: [{ id: 'validationLoss' }] };

async function after(strategy: string, settings: object, budget = {}, partialChannels = 1) {
  const { supernet } = await smallContext();
  const process = await startSmall(strategy, settings, {
    budget,
    ...(partialChannels === 1 ? {} : { supernet: { ...supernet, partialChannels } }),
  });
  const metrics = await takeSteps(process, STEPS);
  const { alphas, weights, momentum, adam } = snapshot(process).tensors;
  return { alphas, weights, momentum, adam, metrics };
}

describe.each(['first', 'second'])('%s order', (order) => {
  it.each([
    { name: 'without adversary and with the validation loss alone', settings: withoutAdversary },
    { name: 'and the plain sum', settings: { ...withoutAdversary, balancer: 'sum' } },
    { name: 'and a weight of the clean loss', settings: { ...withoutAdversary, cleanWeight: 3 } },
    {
      name: 'and other settings of the adversary',
      settings: { ...withoutAdversary, epsilon: 0.1, freeReplays: 2 },
    },
    { name: 'FGSM of radius 0', settings: { ...withoutAdversary, adversary: 'fgsm', epsilon: 0 } },
    { name: 'fast of radius 0', settings: { ...withoutAdversary, adversary: 'fast', epsilon: 0 } },
    {
      name: 'a bound that holds',
      settings: {
        adversary: 'none',
        objectives: [{ id: 'expectedParams', config: { bound: 'min' } }, { id: 'validationLoss' }],
      },
      budget: { minParams: 1 },
    },
    { name: 'with partial channels', settings: withoutAdversary, parts: 2 },
    {
      name: 'with partial channels and a bound that holds',
      settings: {
        adversary: 'none',
        objectives: [{ id: 'expectedParams', config: { bound: 'min' } }, { id: 'validationLoss' }],
      },
      budget: { minParams: 1 },
      parts: 2,
    },
  ])('equal to DARTS: $name', async ({ settings, budget, parts }) => {
    const darts = await after('darts', { order }, {}, parts);
    const e2rnas = await after('e2rnas', { order, ...settings }, budget, parts);
    expect('betas.normal' in darts.alphas).toBe(parts === 2);
    expect(e2rnas.alphas).toEqual(darts.alphas);
    expect(e2rnas.weights).toEqual(darts.weights);
    expect(e2rnas.momentum).toEqual(darts.momentum);
    expect(e2rnas.adam).toEqual(darts.adam);
    for (const name of ['trainLoss', 'validationLoss', 'validationAccuracy', 'gradNorm', 'learningRate']) {
      expect(e2rnas.metrics.map((m) => m[name])).toEqual(darts.metrics.map((m) => m[name]));
    }
  });

  it.each([
    { name: 'an adversary', settings: { adversary: 'fgsm', epsilon: 8 / 255 }, moved: 'weights' },
    {
      name: 'a bound that is violated',
      settings: {
        objectives: [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'min' } }],
      },
      budget: { minParams: 100_000 },
      moved: 'alphas',
    },
  ])('unlike DARTS: $name', async ({ settings, budget, moved }) => {
    const darts = await after('darts', { order });
    const e2rnas = await after('e2rnas', { order, ...withoutAdversary, ...settings }, budget);
    expect(e2rnas[moved as 'alphas' | 'weights']).not.toEqual(darts[moved as 'alphas' | 'weights']);
  });
});
