/** Searches that share an executor do not disturb each other, however alike their inputs are. */
import { describe, expect, it } from 'vitest';
import { createMachine } from '../../../core/bilevel/machine.ts';
import { bilevelFields } from '../../../core/bilevel/settings.ts';
import { z } from 'zod';
import type { SearchContext } from '../../../core/strategies/strategy.ts';
import { smallContext } from '../strategies/smallSearch.ts';

const settings = z.strictObject(bilevelFields).parse({});

/** The loss of the first batch at the start. */
async function lossOf(changes: Partial<SearchContext>): Promise<number> {
  const machine = createMachine(await smallContext(changes), settings);
  const { loss } = await machine.session.pass('loss', machine, machine.batches.weights());
  return loss;
}

describe('two searches on one executor', () => {
  it.each([
    {
      name: 'pools of another kind',
      one: { space: { primitives: ['max_pool_3x3', 'sep_conv_3x3'], nodes: 1 } },
      other: { space: { primitives: ['avg_pool_3x3', 'sep_conv_3x3'], nodes: 1 } },
    },
    {
      name: 'another order of pools',
      one: { space: { primitives: ['max_pool_3x3', 'none', 'sep_conv_3x3'], nodes: 1 } },
      other: { space: { primitives: ['none', 'max_pool_3x3', 'sep_conv_3x3'], nodes: 1 } },
    },
    {
      name: 'other pixel statistics',
      one: { pixels: { mean: [0.1, 0.2, 0.3], std: [0.2, 0.2, 0.2] } },
      other: { pixels: { mean: [0.6, 0.2, 0.3], std: [0.2, 0.2, 0.2] } },
    },
  ] as { name: string; one: Partial<SearchContext>; other: Partial<SearchContext> }[])(
    'with $name have programs of their own',
    async ({ one, other }) => {
      const first = await lossOf(one);
      const second = await lossOf(other);
      expect(second).not.toBe(first);
      // In the other order as well, each has the loss it had.
      expect([await lossOf(other), await lossOf(one)]).toEqual([second, first]);
    },
  );

  it('of one kind share them', async () => {
    const compiled: string[] = [];
    const { executor } = await smallContext();
    const counting = {
      ...executor,
      compile(program: Parameters<typeof executor.compile>[0]) {
        compiled.push(program.id);
        return executor.compile(program);
      },
    };
    await lossOf({ executor: counting });
    await lossOf({ executor: counting, seed: 9 });
    expect(new Set(compiled).size).toBe(1);
  });
});
