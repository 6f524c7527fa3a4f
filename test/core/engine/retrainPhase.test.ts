import { describe, expect, it } from 'vitest';
import { begin, smallConfig } from './smallRun.ts';

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
