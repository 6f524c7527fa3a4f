/** The search moves the expected size into its bounds, whatever way it has to go, and leaves it there. */
import { describe, expect, it } from 'vitest';
import type { Budget } from '../../../core/searchSpace/space.ts';
import { fixedCost, uniformCost } from '../../../core/searchSpace/expectedCost.ts';
import { smallContext, startSmall, takeSteps } from './smallSearch.ts';

const { space, network } = await smallContext();
const params = { quantity: 'params', affine: true } as const;
const macs = { quantity: 'macs', affine: true } as const;

/** A size of the derived network, in units of its expected operations at uniform alphas, where a search starts. */
function total(share: number, options: typeof params | typeof macs = params): number {
  return Math.round(fixedCost(space, network, options) + share * uniformCost(space, network, options));
}

const cases: { name: string; id?: string; config: object; budget: Budget; inside: [number, number] }[] = [
  { name: 'down', config: { bound: 'max' }, budget: { maxParams: total(0.6) }, inside: [0, total(0.6)] },
  { name: 'up', config: { bound: 'min' }, budget: { minParams: total(1.4) }, inside: [total(1.4), Infinity] },
  {
    name: 'into an interval below',
    config: {},
    budget: { minParams: total(0.4), maxParams: total(0.7) },
    inside: [total(0.4), total(0.7)],
  },
  {
    name: 'into an interval above',
    config: { bound: 'both' },
    budget: { minParams: total(1.3), maxParams: total(1.6) },
    inside: [total(1.3), total(1.6)],
  },
  {
    name: 'to a target',
    config: { bound: 'abs', target: total(1.4) },
    budget: {},
    inside: [total(1.3), total(1.5)],
  },
  {
    name: 'down in MACs',
    id: 'expectedMacs',
    config: { bound: 'max' },
    budget: { maxMacs: total(0.6, macs) },
    inside: [0, total(0.6, macs)],
  },
];

describe.each(['sum', 'mgda'])('balanced by %s', (balancer) => {
  it.each(cases)('moves $name within 30 steps', async ({ id = 'expectedParams', config, budget, inside }) => {
    const settings = {
      order: 'first',
      adversary: 'none',
      balancer,
      archLearningRate: 0.1,
      objectives: [{ id, config }],
    };
    const process = await startSmall('e2rnas', settings, { budget, epochs: 8 });
    const metrics = await takeSteps(process, 31);
    const sizes = metrics.map((m) => m[id]);
    const [low, high] = inside;
    expect(sizes[0] > low && sizes[0] < high).toBe(false);
    expect(sizes[30]).toBeGreaterThanOrEqual(low);
    expect(sizes[30]).toBeLessThanOrEqual(high);
    for (const m of metrics) expect(m[`mgda.${id}`]).toBe(m[`loss.${id}`] > 0 ? 1 : 0);
  });
});

describe('a bound beside the validation loss', () => {
  const objectives = [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'max' } }];

  it('that holds has weight 0, and the validation loss all of it', async () => {
    const process = await startSmall('e2rnas', { objectives }, { budget: { maxParams: total(3) } });
    for (const m of await takeSteps(process, 3)) {
      expect(m['loss.expectedParams']).toBe(0);
      expect(m['mgda.expectedParams']).toBe(0);
      expect(m['mgda.validationLoss']).toBe(1);
      expect(m.expectedParams).toBeGreaterThan(0);
    }
  });

  it('that is violated shares the weight', async () => {
    const process = await startSmall('e2rnas', { objectives }, { budget: { maxParams: total(0.1) } });
    for (const m of await takeSteps(process, 3)) {
      expect(m['loss.expectedParams']).toBeGreaterThan(0);
      expect(m['mgda.expectedParams']).toBeGreaterThan(0);
      expect(m['mgda.expectedParams'] + m['mgda.validationLoss']).toBeCloseTo(1, 6);
    }
  });

  it('that is missing stops the search before it starts', async () => {
    await expect(startSmall('e2rnas', { objectives })).rejects.toThrowError(
      expect.objectContaining({ code: 'bound-missing' }),
    );
  });

  it('when all bounds hold and nothing else is asked for, the gradient is zero', async () => {
    const settings = { objectives: objectives.slice(1), archWeightDecay: 0 };
    const process = await startSmall('e2rnas', settings, { budget: { maxParams: total(3) } });
    const before = (await process.report()).edgeWeights;
    await takeSteps(process, 2);
    expect((await process.report()).edgeWeights).toEqual(before);
  });
});
