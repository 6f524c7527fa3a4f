/** A search with partial channels through the engine: resumed to the same bytes, its betas on record and in the genotype. */
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../core/runs/events.ts';
import { deriveTop2 } from '../../../core/searchSpace/discretize.ts';
import { byNode, edgeStrengths } from '../../../core/searchSpace/edgeShares.ts';
import { memoryFiles } from '../../helpers/memoryFiles.ts';
import { begin, goOn, results, smallConfig, stopAfter, substance } from './smallRun.ts';

const { search } = smallConfig();
const withParts = (partialChannels: number, channels = 4) =>
  smallConfig({
    search: { ...search, space: { ...search.space, nodes: 2 }, budget: {}, channels, partialChannels },
  });
const epochsOf = (events: readonly RunEvent[]) => events.filter((e) => e.kind === 'epoch');

describe('a search with K = 4', () => {
  it('finds a genotype by shares and weights, the same bytes when stopped and resumed', async () => {
    const config = withParts(4);
    const whole = await begin(config, ['search']);
    expect(whole.outcome).toBe('finished');
    const epochs = epochsOf(whole.events);
    expect(epochs).toHaveLength(2);
    for (const { edgeShares, metrics } of epochs) {
      for (const shares of [edgeShares?.normal ?? [], edgeShares?.reduce ?? []]) {
        expect(shares).toHaveLength(5);
        // Betas have moved: the edges into a node are no longer quite alike.
        expect(new Set(shares).size).toBeGreaterThan(2);
        for (const node of byNode(shares)) expect(node.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      }
      expect(metrics.betaEntropy).toBeGreaterThan(0);
      expect(metrics.betaEntropy).toBeLessThanOrEqual(1);
    }
    const { edgeWeights, edgeShares } = epochs[epochs.length - 1];
    const derived = whole.events.find((e) => e.kind === 'derived');
    expect(derived).toMatchObject({ rule: 'top2', strategy: 'e2rnas' });
    if (edgeWeights === undefined) throw new Error('no edge weights on record');
    expect(derived?.genotype).toEqual(
      deriveTop2(edgeStrengths(edgeWeights, edgeShares), config.search.space),
    );

    const stopped = await begin(config, ['search'], stopAfter(7));
    expect(stopped.outcome).toBe('stopped');
    const resumed = await goOn(memoryFiles(stopped.files.disk));
    expect(results(resumed)).toEqual(results(whole));
    expect(substance(resumed.events)).toEqual(substance(whole.events));
  });

  it('goes another way than one that sees all channels, which has no betas', async () => {
    const runs = [];
    for (const parts of [1, 2, 4]) runs.push(await begin(withParts(parts), ['search'], stopAfter(1)));
    const losses = runs.map(({ events }) => events.find((e) => e.kind === 'step')?.metrics.trainLoss);
    expect(new Set(losses).size).toBe(3);
    const all = await begin(withParts(1), ['search']);
    for (const { edgeShares, metrics } of epochsOf(all.events)) {
      expect(edgeShares).toBeUndefined();
      expect(metrics).not.toHaveProperty('betaEntropy');
    }
  });
});

describe('a K that does not divide the channels', () => {
  it('is refused before the first step', async () => {
    const kinds: string[] = [];
    const run = begin(withParts(3), ['search'], { onEvent: ({ kind }) => kinds.push(kind) });
    await expect(run).rejects.toMatchObject({ code: 'partial-channels' });
    expect(kinds).not.toContain('phase');
  });
});
