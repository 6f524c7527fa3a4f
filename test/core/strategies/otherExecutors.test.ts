/** A whole search is the same on every executor: twenty steps of E2RNAS, second order, with its adversary. */
import { describe, expect, it } from 'vitest';
import { DARTS_PRIMITIVES } from '../../../core/searchSpace/genotype.ts';
import type { Metrics } from '../../../core/training/process.ts';
import { openForTest, otherExecutors } from '../../helpers/executors.ts';
import { startSmall, takeSteps } from './smallSearch.ts';

const STEPS = 20;
/** Signs of gradients near zero may differ, and what follows from them. */
const TOLERANCE = 0.02;

async function searched(id: string): Promise<readonly Metrics[]> {
  const search = await startSmall(
    'e2rnas',
    { objectives: [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'none' } }] },
    {
      executor: await openForTest(id),
      space: { primitives: [...DARTS_PRIMITIVES], nodes: 2 },
      epochs: STEPS / 4,
    },
  );
  await search.prepare();
  return takeSteps(search, STEPS);
}

describe('twenty steps of E2RNAS', async () => {
  it.each(await otherExecutors())(
    'on %s have the losses and the size of those on onnx-cpu',
    async (id) => {
      const expected = await searched('onnx-cpu');
      const found = await searched(id);
      for (const name of ['trainLoss', 'validationLoss', 'expectedParams'])
        for (let i = 0; i < STEPS; i++) {
          const difference = Math.abs(found[i][name] / expected[i][name] - 1);
          expect(difference, `${name} of step ${i + 1}`).toBeLessThan(TOLERANCE);
        }
    },
    1_200_000,
  );
});
