import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../../core/engine/checkConfig.ts';
import { completeConfig } from '../../../core/engine/completeConfig.ts';
import type { Tree } from '../../../core/config/tree.ts';
import { lessInWords, memoryOffers, offerInWords, withOffer } from '../../../core/runs/lessMemory.ts';
import { RunConfig } from '../../../core/runs/runConfig.ts';
import type { RunConfigInput } from '../../../core/runs/runConfig.ts';

const anyExecutor = { get: (id: string) => id };
const whole = (input: RunConfigInput): RunConfig => completeConfig(input as Tree, '', anyExecutor);
const onProcessor = (...ids: readonly string[]) => ids.map((id) => ({ id, onCard: false }));
const onCard = (...ids: readonly string[]) => ids.map((id) => ({ id, onCard: true }));
const words = (...given: Parameters<typeof memoryOffers>) => memoryOffers(...given).map(offerInWords);

describe('an experiment that did not fit', () => {
  it.each(['darts', 'e2rnas'])('is offered %s with less, each of which passes the check', (id) => {
    const config = whole({ search: { strategy: { id }, batchSize: 64, channels: 16 } });
    expect(words(config, 'search', onProcessor('onnx-cpu', 'wasm'))).toEqual([
      '32 images a batch in place of 64 (with the learning rate 0.0125 in place of 0.025, falling to 0.0005 in place of 0.001)',
      'partial channels K = 4 in place of 1',
      '8 channels in place of 16',
      '4 cells in place of 8',
    ]);
    for (const offer of memoryOffers(config, 'search', []))
      expect(checkConfig(withOffer(config, offer), anyExecutor)).toMatchObject({ ok: true });
  });

  it('changes what the offer says, and nothing else', () => {
    const config = whole({ search: { batchSize: 33 } });
    const [batch] = memoryOffers(config, 'search', []);
    const changed = RunConfig.parse(withOffer(config, batch));
    expect(changed.search.batchSize).toBe(16);
    // 0.025 · 16 / 33 and 0.001 · 16 / 33
    expect(changed.search.strategy.config).toMatchObject({
      learningRate: 0.0121212,
      learningRateMin: 0.000484848,
    });
    const { batchSize, strategy } = config.search;
    expect({ ...changed, search: { ...changed.search, batchSize, strategy } }).toEqual(config);
  });

  it('is offered less of the training where that did not fit, by the rate of the training', () => {
    const config = whole({ retrain: { batchSize: 96, learningRate: 0.1 }, network: { channels: 36 } });
    for (const phase of ['retrain', 'baseline'] as const)
      expect(words(config, phase, [])).toEqual([
        '48 images a batch in place of 96 (with the learning rate 0.05 in place of 0.1)',
        '18 channels in place of 36',
        '10 cells in place of 20',
      ]);
    expect(words(config, 'evaluate', [])).toEqual(['18 channels in place of 36', '10 cells in place of 20']);
    expect(memoryOffers(config, undefined, [])).toEqual([]);
    expect(lessInWords(config, undefined)).toBe('Use fewer images or smaller ones.');
  });

  it('is offered only executors that work here and compute in other memory', () => {
    const config = whole({ search: { batchSize: 3, channels: 2, cells: 3 } });
    const processor = onProcessor('onnx-cpu', 'wasm', 'cpu');
    expect(words(config, 'search', [...processor, ...onCard('onnx-webgpu')])).toEqual([
      'the executor onnx-webgpu in place of onnx-cpu',
    ]);
    // A driver that draws with the processor, and TensorFlow without a card, have no memory of their own.
    expect(words(config, 'search', onProcessor('onnx-cpu', 'onnx-webgpu', 'tensorflow'))).toEqual([]);
    const beside = (executor: string) =>
      words({ ...config, executor }, 'search', [...processor, ...onCard('onnx-cuda', 'tensorflow')]);
    expect(beside('onnx-cuda')).toEqual(['the executor onnx-cpu in place of onnx-cuda']);
    expect(beside('tensorflow')).toEqual(['the executor onnx-cpu in place of tensorflow']);
    const without = onProcessor('onnx-cpu', 'tensorflow');
    expect(words({ ...config, executor: 'tensorflow' }, 'search', without)).toEqual([]);
  });

  it('is not offered what is as small as it can be, or has no effect', () => {
    const least = whole({ search: { batchSize: 3, channels: 2, cells: 3 } });
    expect(lessInWords(least, 'search')).toBe('Try another executor than onnx-cpu.');
    expect(lessInWords(whole({ search: { cells: 8 } }), 'search', true)).toBe(
      'A new experiment takes less with 4 cells in place of 8.',
    );
    const partial = whole({ search: { channels: 16, partialChannels: 4 } });
    expect(words(partial, 'search', []).join()).not.toContain('partial');
    expect(words(partial, 'search', [])).toContain('8 channels in place of 16');
    const twelve = whole({ search: { channels: 12, partialChannels: 4 } });
    expect(words(twelve, 'search', [])).toContain('4 channels in place of 12');
    const uneven = whole({ search: { channels: 18 } });
    expect(words(uneven, 'search', []).join()).not.toContain('partial');
    // A random search has no supernet.
    expect(memoryOffers(whole({ search: { strategy: { id: 'random' } } }), 'search', [])).toEqual([]);
  });
});
