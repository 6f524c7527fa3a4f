/** A search goes on bit for bit after saving and restoring, and a step that fails leaves nothing behind. */
import { describe, expect, it } from 'vitest';
import type { CompiledProgram, Executor } from '../../../core/compute/executor.ts';
import { hostTensor } from '../../../core/compute/program.ts';
import { smallContext, snapshot, startSmall, takeSteps } from './smallSearch.ts';

interface Case {
  readonly name: string;
  readonly strategy: string;
  readonly settings: object;
  readonly budget?: object;
  readonly partialChannels?: number;
}

const cases: Case[] = [
  { name: 'darts, second order', strategy: 'darts', settings: {} },
  { name: 'darts, first order', strategy: 'darts', settings: { order: 'first' } },
  { name: 'darts, alphas start late', strategy: 'darts', settings: { archStartEpoch: 1 } },
  { name: 'e2rnas', strategy: 'e2rnas', settings: {}, budget: { minParams: 3000 } },
  {
    name: 'e2rnas, free, four objectives',
    strategy: 'e2rnas',
    settings: {
      adversary: 'free',
      freeReplays: 2,
      objectives: [
        { id: 'validationLoss' },
        { id: 'adversarialValidationLoss' },
        { id: 'expectedParams', config: { bound: 'none' } },
        { id: 'expectedMacs', config: { bound: 'none' } },
      ],
    },
  },
  { name: 'darts, partial channels', strategy: 'darts', settings: {}, partialChannels: 4 },
  {
    name: 'e2rnas, partial channels',
    strategy: 'e2rnas',
    settings: { objectives: [{ id: 'validationLoss' }, { id: 'expectedParams', config: { bound: 'none' } }] },
    partialChannels: 2,
  },
  { name: 'random', strategy: 'random', settings: { samples: 12 } },
];

describe('save and restore', () => {
  it.each(cases)('$name: twelve steps are five, a new process, and seven', async (c) => {
    const { supernet } = await smallContext();
    const partial =
      c.partialChannels === undefined
        ? {}
        : { supernet: { ...supernet, channels: 4, partialChannels: c.partialChannels } };
    const start = () => startSmall(c.strategy, c.settings, { budget: c.budget ?? {}, ...partial });
    const straight = await start();
    // Twelve steps or all there are; free replays shorten the search.
    const steps = Math.min(12, straight.totalSteps);
    const metrics = [...(await takeSteps(straight, 4)), (await straight.report()).metrics];
    metrics.push(...(await takeSteps(straight, steps - 4)));

    const first = await start();
    const before = [...(await takeSteps(first, 4)), (await first.report()).metrics];
    before.push(...(await takeSteps(first, 1)));
    const saved = snapshot(first);
    // What goes on with the first process must not reach what was saved.
    await takeSteps(first, 2);
    const second = await start();
    second.restore(saved);
    expect(second.position).toBe(5);
    expect(snapshot(second)).toEqual(saved);
    const after = await takeSteps(second, steps - 5);

    expect([...before, ...after]).toEqual(metrics);
    expect(snapshot(second)).toEqual(snapshot(straight));
    expect(await second.report()).toEqual(await straight.report());
    expect(second.derive()).toEqual(straight.derive());
  });

  it('refuses tensors of another search and names the first that does not fit', async () => {
    const small = await startSmall('darts');
    const { space } = await smallContext();
    const large = await startSmall('darts', {}, { space: { ...space, nodes: 2 } });
    expect(() => large.restore(snapshot(small))).toThrowError(/checkpoint|shape/);
  });
});

/** Runs programs on the real executor until `failAt` runs have been asked for, then does what `fail` says. */
function failing(executor: Executor, failAt: () => number, fail: 'throws' | 'not a number'): Executor {
  let runs = 0;
  return {
    ...executor,
    async compile(program) {
      const real = await executor.compile(program);
      const run: CompiledProgram['run'] = async (feeds) => {
        const broken = runs++ === failAt();
        if (broken && fail === 'throws') throw new Error('the device is gone');
        const outputs = await real.run(feeds);
        if (!broken) return outputs;
        return Object.fromEntries(
          Object.entries(outputs).map(([name, { shape, data }]) => [
            name,
            hostTensor(shape, new Float32Array(data.length).fill(NaN)),
          ]),
        );
      };
      return { ...real, run };
    },
  };
}

describe('a step that fails', () => {
  // Runs of one step: darts asks for four programs, then trains; e2rnas as well, after attacking.
  const failures = [
    ...[0, 1, 2, 3, 4].map((run) => ({ strategy: 'darts', settings: {}, run })),
    ...[0, 1, 2, 3, 4, 5].map((run) => ({ strategy: 'e2rnas', settings: {}, run })),
    ...[4, 5, 6].map((run) => ({
      strategy: 'e2rnas',
      settings: { adversary: 'free', freeReplays: 3 },
      run,
    })),
  ];

  it.each(
    failures.flatMap((f) => [
      { ...f, fail: 'throws' as const },
      { ...f, fail: 'not a number' as const },
    ]),
  )(
    '$strategy: nothing changes when program $run of a step $fail; the step can be taken again',
    async ({ strategy, settings, run, fail }) => {
      let failAt = Infinity;
      const context = await smallContext();
      const executor = failing(context.executor, () => failAt, fail);
      const budget = { minParams: 3000 };
      const process = await startSmall(strategy, settings, { executor, budget });
      const straight = await startSmall(strategy, settings, { budget });
      await takeSteps(straight, 3);

      await takeSteps(process, 2);
      const before = snapshot(process);
      failAt = 2 * runsPerStep(strategy, settings) + run;
      await expect(process.step()).rejects.toThrow(fail === 'throws' ? 'the device is gone' : /finite/);
      expect(snapshot(process)).toEqual(before);
      expect(process.position).toBe(2);
      await process.step();
      expect(snapshot(process)).toEqual(snapshot(straight));
    },
  );
});

function runsPerStep(strategy: string, settings: { freeReplays?: number }): number {
  return strategy === 'darts' ? 5 : settings.freeReplays === undefined ? 6 : 4 + settings.freeReplays;
}
