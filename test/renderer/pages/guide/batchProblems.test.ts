import { expect, it } from 'vitest';
import { RunConfig } from '../../../../core/runs/runConfig.ts';
import { batchProblems } from '../../../../renderer/pages/guide/batchProblems.ts';

const config = (search: number, retrain: number) =>
  RunConfig.parse({ search: { batchSize: search }, retrain: { batchSize: retrain } });
const parts = (['weights', 'alphas'] as const).map((part, i) => ({ part, count: 9 + i, perClass: [] }));

it('a batch of the search has to fit into both of its parts, one of the training into both together', () => {
  expect(batchProblems(config(9, 19), parts, true)).toEqual([]);
  expect(batchProblems(config(10, 20), parts, true).map(({ path }) => path)).toEqual([
    ['search', 'batchSize'],
    ['retrain', 'batchSize'],
  ]);
  expect(batchProblems(config(10, 1), parts, true)[0].hint).toContain('at most 9');
});

it('a strategy without a supernet has no batches, and images that nobody counted tell nothing', () => {
  expect(batchProblems(config(10, 1), parts, false)).toEqual([]);
  expect(batchProblems(config(10, 20), [], true)).toEqual([]);
});
