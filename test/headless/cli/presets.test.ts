import { describe, expect, it } from 'vitest';
import { presets } from '../../../core/engine/presets.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import { assertReachable, reachableRange } from '../../../core/searchSpace/range.ts';

describe.each(presets.all.map((preset) => [preset.id, preset] as const))('the preset %s', (_id, preset) => {
  const config = RunConfig.parse(preset.config);
  const { imageSize = 32 } = config.data;
  const skeleton = { ...config.network, classes: 10, imageSize, imageChannels: 3 };

  it('asks for a size that its search space can give, and not for any', () => {
    const { budget, space } = config.search;
    expect(() => assertReachable(budget, space, skeleton)).not.toThrow();
    const { minParams, maxParams } = reachableRange(space, skeleton);
    const low = budget.minParams ?? minParams;
    const high = budget.maxParams ?? maxParams;
    expect((high - low) / (maxParams - minParams)).toBeLessThan(0.9);
  });

  it('has images enough for its batches', () => {
    const { limit = 50_000, weightsShare, alphasShare } = config.data;
    expect(config.search.batchSize).toBeLessThanOrEqual(limit * Math.min(weightsShare, alphasShare));
    expect(config.retrain.batchSize).toBeLessThanOrEqual(limit * (weightsShare + alphasShare));
  });

  it('lists its strongest attack last and exports what it found', () => {
    expect(config.evaluate.at(-1)).toMatchObject({ attack: 'pgd' });
    expect(config.exports).toContain('genotype');
  });

  it('goes through whole phases in order', () => {
    const order = ['search', 'retrain', 'baseline', 'evaluate', 'export'];
    expect(preset.phases).toEqual(order.filter((phase) => (preset.phases as string[]).includes(phase)));
  });
});

describe('the demonstration', () => {
  it('is a true search: second order, attacked below, two objectives and both bounds above', () => {
    const { strategy, budget } = RunConfig.parse(presets.get('demo').config).search;
    expect(strategy).toMatchObject({
      id: 'e2rnas',
      config: { order: 'second', adversary: 'fgsm', epsilon: 2 / 255, balancer: 'mgda' },
    });
    expect(budget.minParams).toBeGreaterThan(0);
    expect(budget.maxParams).toBeGreaterThan(0);
  });
});
