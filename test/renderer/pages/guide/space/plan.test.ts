import { expect, it } from 'vitest';
import { ASSUMED_IMAGE, planOf } from '../../../../../renderer/pages/guide/space/plan.ts';

it('fills in the defaults of what a draft leaves out', () => {
  const plan = planOf({}, undefined);
  expect(plan).toMatchObject({
    image: ASSUMED_IMAGE,
    isImageKnown: false,
    supernet: { cells: 8, channels: 16, partialChannels: 1 },
    network: { cells: 20, channels: 36, classes: 10, imageSize: 32 },
    batchSize: 64,
    budget: {},
  });
  expect(plan.space?.nodes).toBe(4);
});

it('goes on with the parts that are right where others are wrong', () => {
  const plan = planOf(
    {
      name: 7,
      search: {
        cells: 'many',
        space: { nodes: 2 },
        budget: { minParams: 5, maxParams: 'few' },
        batchSize: 0,
      },
      network: { cells: 6, channels: 16 },
    },
    { classes: 3, imageSize: 16, imageChannels: 1 },
  );
  expect(plan.supernet).toBeUndefined();
  expect(plan.batchSize).toBeUndefined();
  expect(plan.budget).toEqual({ minParams: 5 });
  expect(plan.space?.nodes).toBe(2);
  expect(plan.network).toEqual({ cells: 6, channels: 16, classes: 3, imageSize: 16, imageChannels: 1 });
  expect(plan.isImageKnown).toBe(true);
});

it('takes partial channels over into the supernet, and has none where they are wrong', () => {
  const supernetOf = (partialChannels: unknown) =>
    planOf({ search: { partialChannels } }, undefined).supernet;
  expect(supernetOf(4)).toMatchObject({ channels: 16, partialChannels: 4 });
  expect(supernetOf(0)).toBeUndefined();
});

it('counts with bounds that exclude each other as they stand', () => {
  const budget = { minParams: 5, maxParams: 4 };
  expect(planOf({ search: { budget } }, undefined).budget).toEqual(budget);
});
