/** Expected size as an objective: its bounds are those of the derived network, its gradient is its slope. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlphaTables } from '../../../core/searchSpace/expectedCost.ts';
import type { AlphaRows } from '../../../core/bilevel/alphas.ts';
import { objectives } from '../../../core/objectives/index.ts';
import type { Budget } from '../../../core/searchSpace/space.ts';
import { countNetwork } from '../../../core/searchSpace/cost.ts';
import { edgeAt } from '../../../core/searchSpace/topology.ts';
import type { CellGenotype } from '../../../core/searchSpace/genotype.ts';
import { askedPoint, context, randomAlphas } from './points.ts';

const quantities = [
  { id: 'expectedParams', lower: 'minParams', upper: 'maxParams', count: 'params', noun: 'parameters' },
  { id: 'expectedMacs', lower: 'minMacs', upper: 'maxMacs', count: 'macs', noun: 'MACs' },
] as const;

async function valueOf(id: string, config: object, budget: Budget, alphas: AlphaTables) {
  return objectives.get(id).create({ ...context, budget }, config)(askedPoint(alphas));
}

/** Rows that choose one candidate for certain. */
function certain(column: number): AlphaRows {
  const { normal, reduce } = randomAlphas(0);
  const rows = (of: number[][]) => of.map((row) => row.map((_, k) => (k === column ? 60 : 0)));
  return { normal: rows(normal), reduce: rows(reduce) };
}

function cellOf(op: CellGenotype['edges'][number]['op'], sources: (node: number) => number[]): CellGenotype {
  const edges = [0, 1, 2].flatMap((node) => sources(node).map((from) => ({ op, from })));
  return { edges, concat: [2, 3, 4] };
}

describe.each(quantities)('$id', ({ id, lower, upper, count, noun }) => {
  it('says how many the derived network is expected to have', async () => {
    for (const [column, op] of context.space.primitives.entries()) {
      const { metrics } = await valueOf(id, { bound: 'none' }, {}, certain(column));
      // An edge is kept with probability 2/deg; so the mean over all choices of sources is what is expected.
      const choices = [0, 1, 2].map((node) => {
        const sources = Array.from({ length: node + 2 }, (_, from) => from);
        return sources.flatMap((a) => sources.filter((b) => b > a).map((b) => [a, b]));
      });
      let sum = 0;
      let cells = 0;
      for (const first of choices[0])
        for (const second of choices[1])
          for (const third of choices[2]) {
            const cell = cellOf(op, (node) => [first, second, third][node]);
            sum += countNetwork({ normal: cell, reduce: cell }, context.network)[count];
            cells++;
          }
      expect(metrics[id]).toBeCloseTo(sum / cells, 2);
    }
  });

  it('has no loss exactly where that number lies in the budget', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(0.5, 0.99, 1.01, 2), async (seed, factor) => {
        const alphas = randomAlphas(seed);
        const { metrics } = await valueOf(id, { bound: 'none' }, {}, alphas);
        const bound = Math.round(metrics[id] * factor);
        const over = await valueOf(id, { bound: 'max' }, { [upper]: bound }, alphas);
        const under = await valueOf(id, { bound: 'min' }, { [lower]: bound }, alphas);
        expect(over.loss > 0).toBe(metrics[id] > bound);
        expect(under.loss > 0).toBe(metrics[id] < bound);
        expect(over.inactive === true).toBe(over.loss === 0);
        expect(under.inactive === true).toBe(under.loss === 0);
        for (const value of [over, under]) {
          if (value.loss > 0) continue;
          expect(Object.values(value.alphas).every(({ data }) => data.every((g) => g === 0))).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has the slope of its loss by the betas, where edges have shares', async () => {
    const alphas = randomAlphas(4);
    const logits = (seed: number) => alphas.normal.map((_, e) => Math.sin(3 * e + seed));
    const betas = { normal: logits(1), reduce: logits(2) };
    const at = (by: number, edge: number) => ({
      ...alphas,
      betas: { ...betas, reduce: betas.reduce.map((b, e) => (e === edge ? b + by : b)) },
    });
    const { alphas: gradient } = await valueOf(id, { bound: 'none' }, {}, at(0, 0));
    expect(Object.keys(gradient)).toEqual(['alphas.normal', 'alphas.reduce', 'betas.normal', 'betas.reduce']);
    const slopes = gradient['betas.reduce'];
    expect(slopes.shape).toEqual([9]);
    // The first node keeps both of its edges, whatever their shares.
    expect(Math.abs(slopes.data[0])).toBeLessThan(1e-6);
    for (let edge = 0; edge < 9; edge++) {
      const [up, down] = [1e-3, -1e-3].map((by) => valueOf(id, { bound: 'none' }, {}, at(by, edge)));
      const slope = ((await up).loss - (await down).loss) / 2e-3;
      expect(slopes.data[edge]).toBeCloseTo(slope, 5);
    }
    expect(Math.hypot(...slopes.data)).toBeGreaterThan(1e-3);
  });

  it('measures the distance from a bound in units of the expected operations at uniform alphas', async () => {
    const uniform = {
      normal: randomAlphas(0).normal.map((r) => r.map(() => 0)),
      reduce: randomAlphas(0).reduce.map((r) => r.map(() => 0)),
    };
    const { loss: one, metrics } = await valueOf(id, { bound: 'none' }, {}, uniform);
    expect(one).toBeCloseTo(1, 12);
    const alphas = randomAlphas(4);
    const free = await valueOf(id, { bound: 'none' }, {}, alphas);
    const target = Math.round(metrics[id] / 2);
    const { loss } = await valueOf(id, { bound: 'abs', target }, {}, alphas);
    const operations = (free.metrics[id] - metrics[id]) / (free.loss - 1);
    expect(loss).toBeCloseTo(Math.abs(free.metrics[id] - target) / operations, 6);
    const { loss: both } = await valueOf(
      id,
      { bound: 'both' },
      { [lower]: target * 4, [upper]: target * 5 },
      alphas,
    );
    const { loss: min } = await valueOf(id, { bound: 'min' }, { [lower]: target * 4 }, alphas);
    expect(both).toBe(min);
  });

  it.each([
    { bound: 'none', budget: {} },
    { bound: 'max', budget: { [upper]: 1 } },
    { bound: 'min', budget: { [lower]: 1e9 } },
    { bound: 'both', budget: { [lower]: 0, [upper]: 1 } },
    { bound: 'both', budget: { [lower]: 1e9, [upper]: 2e9 } },
    { bound: 'abs', target: 1e9, budget: {} },
    { bound: 'abs', target: 1, budget: {} },
  ])('bound $bound: the gradient is the central difference of the loss', async ({ budget, ...config }) => {
    const alphas = randomAlphas(9);
    const { alphas: gradient } = await valueOf(id, config, budget, alphas);
    const columns = context.space.primitives.length;
    const h = 1e-4;
    for (const kind of ['normal', 'reduce'] as const) {
      const { data, shape } = gradient[`alphas.${kind}`];
      expect(shape).toEqual([alphas[kind].length, columns]);
      for (let i = 0; i < data.length; i++) {
        const [edge, k] = [Math.floor(i / columns), i % columns];
        const moved = async (by: number) => {
          const rows = alphas[kind].map((row) => [...row]);
          rows[edge][k] += by;
          return (await valueOf(id, config, budget, { ...alphas, [kind]: rows })).loss;
        };
        const slope = ((await moved(h)) - (await moved(-h))) / (2 * h);
        expect(Math.abs(data[i] - slope), `${kind}[${edge}][${k}], node ${edgeAt(edge).node}`).toBeLessThan(
          1e-6,
        );
      }
    }
  });

  it.each([
    { config: { bound: 'min' }, budget: { [upper]: 10 }, missing: `a lower bound on the ${noun}` },
    { config: { bound: 'max' }, budget: { [lower]: 10 }, missing: `an upper bound on the ${noun}` },
    { config: { bound: 'abs' }, budget: { [lower]: 10, [upper]: 20 }, missing: 'target' },
  ])('with $config and $budget asks for $missing', ({ config, budget, missing }) => {
    const create = () => objectives.get(id).create({ ...context, budget }, config);
    expect(create).toThrowError(expect.objectContaining({ code: 'bound-missing' }));
    expect(create).toThrowError(missing);
  });

  it('holds those bounds with bound both that the budget gives, and none where it gives none', async () => {
    const alphas = randomAlphas(5);
    const value = (budget: Budget) => valueOf(id, {}, budget, alphas);
    const { metrics } = await value({});
    const size = metrics[id];
    expect(await value({})).toMatchObject({ loss: 0, inactive: true });
    expect(await value({ [lower]: size / 2 })).toMatchObject({ loss: 0, inactive: true });
    expect((await value({ [lower]: size * 2 })).loss).toBeGreaterThan(0);
    expect(await value({ [upper]: size * 2 })).toMatchObject({ loss: 0, inactive: true });
    expect((await value({ [upper]: size / 2 })).loss).toBeGreaterThan(0);
  });

  it('needs no pass of the supernet', async () => {
    const point = askedPoint(randomAlphas(1));
    await objectives.get(id).create(context, { bound: 'none' })(point);
    expect([point.passes.length, point.gradients.length]).toEqual([0, 0]);
    expect(objectives.get(id).needs).toEqual({ pass: false, images: false });
  });
});
